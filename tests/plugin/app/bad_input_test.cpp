// Every member of a request, the chain's own fields included, sent wrongly in every way: too long, of another
// type, missing, null, with an unknown one beside it. The members are those of the published schema and of
// the form that the plugin gives out, so that a new field is tested by being there.
#include <gmock/gmock.h>

#include <fstream>
#include <optional>

#include "plugin/abi/error.h"
#include "plugin/app/create_ticket.h"
#include "plugin/app/form.h"
#include "tests/plugin/app/journal_counts.h"
#include "tests/plugin/app/schema_fields.h"
#include "tests/plugin/till_fixture.h"

namespace ccms::test {
namespace {

using Pointer = Json::json_pointer;

/// A request that is accepted, and the member of it that is about to be spoilt.
struct Sound {
  Json request;
  SchemaField field;
};

class BadInput : public TillTest {
 protected:
  BadInput() {
    enrol();
    const auto form = ok(plugin::app::form(till(), R"({"clerk":{"id":"c17","name":"Mia"}})"));
    form_fields = schema_fields(form.at("schema"));
    std::ifstream file(std::string(CCMS_PLUGIN_SCHEMAS) + "/create_ticket.request.json");
    request_fields = schema_fields(nlohmann::json::parse(file));
  }

  domain::Result<std::string> send(Json request) {
    request["form_id"] = sent_form_id();
    return send_as_it_is(request);
  }
  domain::Result<std::string> send_as_it_is(const Json& request) {
    return plugin::app::create_ticket(till(), request.dump());
  }

  /// Expects that the request is an invalid argument at `pointer` or inside it, and that nothing is left of
  /// it.
  void expect_refused(const Json& request, const Pointer& pointer) {
    const auto before = journal_counts(till().journal);
    const auto reply = send_as_it_is(request);
    const auto what = pointer.to_string() + " in " + request.dump().substr(0, 900);
    EXPECT_EQ(journal_counts(till().journal), before) << what;
    if (reply) {
      ADD_FAILURE() << "accepted: " << what;
      return;
    }
    const auto& error = reply.error();
    EXPECT_EQ(plugin::abi::status_of(error), CCMS_INVALID_ARGUMENT) << error.code << ' ' << what;
    EXPECT_TRUE((error.field + "/").starts_with(pointer.to_string() + "/"))
        << error.field << " is named for " << what;
    EXPECT_FALSE(error.message.empty()) << what;
  }

  Json spoilt(const Sound& sound, const Json& value) {
    auto request = sound.request;
    if (sound.field.pointer != Pointer("/form_id")) request["form_id"] = sent_form_id();
    request[sound.field.pointer] = value;
    return request;
  }

  /// Requests that are accepted, one for every member of the form: with the category, the complainant and the
  /// proof that make the form ask for it.
  std::vector<Sound> sound_form_requests() {
    std::vector<Sound> sound;
    for (const auto& field : form_fields) {
      if (auto request = request_asking_for(field)) {
        sound.push_back({std::move(*request), field});
      } else {
        ADD_FAILURE() << "no request has " << field.pointer;
      }
    }
    return sound;
  }

  /// The same for what comes along with the form: who, which form, the purchase, the customer.
  std::vector<Sound> sound_surroundings() {
    Json request = this->request({{"accept_duplicate", true},
                                  {"print", true},
                                  {"print_again", true},
                                  {"transaction", sample_transaction()},
                                  {"proof", {{"kind", "looked_up"}, {"reason", nullptr}}},
                                  {"customer", {{"id", "M-77"}, {"name", "Anna"}}}});
    request["settlement"] = {
        {"resolution_code", "refunded"},
        {"note", "Money back."},
        {"remedy", {{"kind", "refund"}, {"amount", {{"amount", 1999}, {"currency", "EUR"}}}}},
        {"approved_by", {{"id", "m1"}, {"name", "Ada"}}}};
    request["customer"]["identifiers"] = {{{"type", "mobile"}, {"value", "0171"}}};
    request["transaction"]["original"] = "R-1000";
    request["transaction"]["lines"][0].update({{"serial", "X1"}, {"batch", "B1"}});
    EXPECT_TRUE(send(request)) << request;
    std::vector<Sound> sound;
    for (const auto& field : request_fields) {
      if (form_field(field.pointer) != nullptr) continue;  // with the form's
      EXPECT_TRUE(request.contains(field.pointer)) << field.pointer << " is not tested";
      sound.push_back({request, field});
    }
    return sound;
  }

  std::vector<Sound> all_sound_requests() {
    auto all = sound_form_requests();
    auto surroundings = sound_surroundings();
    all.insert(all.end(), surroundings.begin(), surroundings.end());
    return all;
  }

  std::vector<SchemaField> form_fields;
  std::vector<SchemaField> request_fields;

 private:
  std::string sent_form_id() {
    clock.advance(std::chrono::milliseconds(1));
    return request().at("form_id");
  }

  const SchemaField* form_field(const Pointer& pointer) const {
    for (const auto& field : form_fields)
      if (field.pointer == pointer) return &field;
    return nullptr;
  }

  /// Fills in what the form still misses.
  bool complete(Json& request) {
    for (int rounds = 0; rounds < 10; ++rounds) {
      const auto reply = send(request);
      if (reply) return true;
      const auto* missing = form_field(Pointer(reply.error().field));
      if (reply.error().code != "missing_field" || missing == nullptr) return false;
      request[missing->pointer] = sample_value(*missing);
    }
    return false;
  }

  std::optional<Json> request_asking_for(const SchemaField& field) {
    for (const auto& category : form_field(Pointer("/ticket/category"))->schema.at("oneOf")) {
      for (const char* who : {"contact", "organisation"}) {
        auto request = this->request(
            {{"ticket", {{"category", category.at("const")}}}, {"complainant", {{"kind", who}}}});
        if (!complete(request)) continue;
        if (!request.contains(field.pointer)) request[field.pointer] = sample_value(field);
        if (send(request)) return request;
      }
    }
    return std::nullopt;
  }
};

TEST_F(BadInput, covers_every_kind_of_field_that_a_chain_can_configure) {
  std::set<std::string> configured;
  for (const auto& field : form_fields)
    if (field.pointer.parent_pointer() == Pointer("/ticket/custom")) configured.insert(field.pointer.back());
  EXPECT_THAT(configured, ::testing::IsSupersetOf({"serial_number", "purchase_date", "compensation_wish",
                                                   "amount_disputed", "missing_count", "felt_unwell",
                                                   "allergy", "contact_times"}));
}

TEST_F(BadInput, a_value_of_another_type_is_refused_naming_the_field) {
  for (const auto& sound : all_sound_requests())
    for (const auto& value : wrong_types(sound.field))
      expect_refused(spoilt(sound, value), sound.field.pointer);
}

TEST_F(BadInput, a_value_that_is_too_long_or_too_large_is_refused_naming_the_field) {
  for (const auto& sound : all_sound_requests())
    for (const auto& value : oversized_values(sound.field))
      expect_refused(spoilt(sound, value), sound.field.pointer);
}

TEST_F(BadInput, an_option_that_is_not_offered_is_refused_naming_the_field) {
  for (const auto& sound : all_sound_requests())
    if (sound.field.has_options() && sound.field.is("string"))
      expect_refused(spoilt(sound, "no_such_option"), sound.field.pointer);
}

TEST_F(BadInput, a_required_field_that_is_missing_is_named) {
  for (const auto& sound : all_sound_requests()) {
    // A section is required for what it must hold; an empty one lacks nothing.
    if (!sound.field.required || sound.request.at(sound.field.pointer).empty()) continue;
    auto request = sound.request;
    request["form_id"] = this->request().at("form_id");
    request[sound.field.pointer.parent_pointer()].erase(sound.field.pointer.back());
    expect_refused(request, sound.field.pointer);
  }
}

TEST_F(BadInput, an_unknown_field_beside_a_known_one_is_named) {
  for (const auto& sound : all_sound_requests()) {
    const auto parent = sound.field.pointer.parent_pointer();
    if (!sound.request.at(parent).is_object()) continue;
    auto request = sound.request;
    request["form_id"] = this->request().at("form_id");
    request[parent / "surprise"] = "a text";
    expect_refused(request, parent / "surprise");
  }
}

TEST_F(BadInput, a_field_that_the_form_does_not_show_is_refused_naming_it) {
  auto hidden = request({{"ticket", {{"category", "other"}, {"custom", {{"serial_number", "X1"}}}}}});
  expect_refused(hidden, Pointer("/ticket/custom/serial_number"));
  hidden = request({{"ticket", {{"category", "other"}, {"custom", {{"supplier_reference", "X1"}}}}}});
  expect_refused(hidden, Pointer("/ticket/custom/supplier_reference"));
}

TEST_F(BadInput, control_characters_are_refused_naming_the_field) {
  for (const auto& sound : all_sound_requests())
    if (sound.field.is("string")) expect_refused(spoilt(sound, std::string("a\0b", 3)), sound.field.pointer);
}

}  // namespace
}  // namespace ccms::test
