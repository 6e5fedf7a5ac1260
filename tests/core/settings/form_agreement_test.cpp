#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <random>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "core/domain/text.h"
#include "core/settings/form.h"
#include "core/settings/visibility.h"
#include "core/wire/ticket_json.h"
#include "tests/core/settings/request_builder.h"
#include "tests/core/settings/sample_settings.h"

// The form's schema and validate_request() are two statements of the same rules. This test makes thousands of
// requests, good and bad, and wants both to say the same of each.

namespace ccms::settings {
namespace {

using domain::TicketRequest;
using nlohmann::json;

class RequestMaker {
 public:
  RequestMaker(const FormSettings& settings, unsigned seed) : settings_(settings), random_(seed) {}

  TicketRequest make(Screen screen) {
    TicketRequest request = testing::good_request();
    domain::TicketContent& content = request.content;
    content.kind = pick(domain::kEnumNames<domain::TicketKind>).value;
    domain::TicketFields& ticket = content.ticket;
    ticket.category.reset();
    if (chance(95)) ticket.category = domain::CategoryId(chance(98) ? category(content.kind) : "weather");
    ticket.details = text(20);
    const BuiltinFields& builtin = settings_.builtin;
    if (chance(odds(builtin.department))) {
      ticket.department = domain::DepartmentId(chance(98) ? pick(settings_.departments).id : "nobody");
    }
    if (chance(odds(builtin.priority))) {
      ticket.priority = domain::PriorityId(chance(98) ? pick(settings_.priorities).id : "now");
    }
    if (chance(builtin.outcome_sought_shown ? 30 : 3)) {
      ticket.outcome_sought = pick(domain::kEnumNames<domain::OutcomeSought>).value;
    }
    ticket.consent_to_contact = chance(builtin.consent_to_contact_shown ? 50 : 3);
    if (chance(10)) ticket.collect_at = domain::StoreId(chance(90) ? pick(settings_.stores).id : "S099");
    for (const Field& field : settings_.fields) {
      const bool asked = !field.retired && field.shown_at(screen) && is_visible(field, content);
      if (chance(asked ? (field.required ? 97 : 40) : 2))
        ticket.custom[domain::FieldId(field.id)] = value(field);
    }
    if (chance(2)) ticket.custom[domain::FieldId("shoe_size")] = 44.0;
    add_complainant(content.complainant);
    content.proof.kind = pick(domain::kEnumNames<domain::ProofKind>).value;
    content.proof.reason.reset();
    if (chance(content.proof.kind == domain::ProofKind::none ? 90 : 5)) {
      content.proof.reason = domain::ReasonId(chance(95) ? pick(settings_.no_proof_reasons).id : "dog");
    }
    return request;
  }

 private:
  static int odds(const RequestedField& field) {
    if (field.use == RequestUse::hidden) return 3;
    return field.required ? 97 : 40;
  }

  /// Mostly one that is offered for the kind.
  std::string category(domain::TicketKind kind) {
    const Category* category = &pick(settings_.categories);
    for (int tries = 0; tries < 5 && !category->offered_for(kind); ++tries)
      category = &pick(settings_.categories);
    return category->id;
  }

  bool chance(int percent) { return std::uniform_int_distribution<>(1, 100)(random_) <= percent; }
  int number(int low, int high) { return std::uniform_int_distribution<>(low, high)(random_); }

  template <class List>
  typename List::const_reference pick(const List& list) {
    return list[static_cast<std::size_t>(number(0, static_cast<int>(list.size()) - 1))];
  }

  /// Mostly short, now and then empty, at the limit or one over it, and not always one byte a character.
  std::string text(std::size_t limit) {
    const int kind = number(1, 40);
    if (kind == 1) return "";
    const std::size_t length = kind == 2 ? limit : kind == 3 ? limit + 1 : 3;
    std::string out;
    for (std::size_t i = 0; i < length; ++i) out += chance(80) ? "a" : "ß";
    return out;
  }

  domain::CustomValue value(const Field& field) {
    if (chance(4)) return chance(50) ? domain::CustomValue(true) : domain::CustomValue(std::string("odd"));
    switch (field.type) {
      case FieldType::text:
      case FieldType::long_text:
        return text(field.length_limit());
      case FieldType::choice:
        return chance(95) ? pick(field.options).id : std::string("gold");
      case FieldType::multiple_choice: {
        std::vector<std::string> chosen;
        for (int i = number(0, 3); i > 0; --i)
          chosen.push_back(chance(97) ? pick(field.options).id : "night");
        return chosen;
      }
      case FieldType::number:
        return number(-1, 1001) + (chance(20) ? 0.5 : 0.0);
      case FieldType::money:
        return domain::Money{number(0, 20), chance(95) ? settings_.currency : "XTS"};
      case FieldType::date:
        return chance(90) ? std::string("2026-11-21") : std::string("2026-13-01");
      case FieldType::yes_no:
        return chance(50);
    }
    return false;
  }

  void add_complainant(domain::Complainant& person) {
    person = {};
    person.kind = pick(domain::kEnumNames<domain::ComplainantKind>).value;
    const bool anonymous = person.kind == domain::ComplainantKind::anonymous;
    if (chance(anonymous ? 4 : 90)) person.name = text(domain::kNameLimit);
    if (chance(anonymous ? 4 : 70))
      person.mobile = chance(95) ? "+49 171 3920012" : text(domain::kPhoneLimit);
    if (chance(anonymous ? 4 : 60)) person.email = chance(92) ? "mia@example.org" : "mia";
    if (chance(person.kind == domain::ComplainantKind::organisation ? 92 : 3)) {
      person.organisation = text(domain::kNameLimit);
    }
  }

  const FormSettings& settings_;
  std::mt19937 random_;
};

/// The editable part of a request as a form would hold it.
json editable(const TicketRequest& request, const FormSettings& settings) {
  const json whole = json::parse(wire::to_json(request).dump());
  json out;
  for (const char* part : {"kind", "ticket", "complainant", "proof"}) out[part] = whole.at(part);
  // A form has no member for a question that it does not ask; false is what the model has for "absent".
  if (!settings.builtin.consent_to_contact_shown && !request.content.ticket.consent_to_contact) {
    out["ticket"].erase("consent_to_contact");
  }
  if (out["ticket"].contains("custom") && out["ticket"]["custom"].empty()) out["ticket"].erase("custom");
  for (auto& [field, value] : out.at("ticket").items()) {
    if (field != "custom") continue;
    for (auto& [id, number] : value.items()) {  // "3.0" is an integer to JSON Schema, but not to valijson
      if (number.is_number_float() && number == std::floor(number.get<double>())) {
        number = static_cast<std::int64_t>(number.get<double>());
      }
    }
  }
  return out;
}

/// valijson's view. It throws when it checks the format of something that is no string: a refusal.
bool schema_accepts(const valijson::Schema& schema, const json& request) {
  try {
    valijson::Validator validator;
    return validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(request), nullptr);
  } catch (const std::runtime_error&) {
    return false;
  }
}

struct Variant {
  const char* name;
  const char* patch;
};

class FormAgreement : public ::testing::TestWithParam<Variant> {};

TEST_P(FormAgreement, SchemaAcceptsWhatTheCheckAccepts) {
  const Settings settings = testing::sample_with(json::parse(GetParam().patch));
  for (const Screen screen : {Screen::till, Screen::console}) {
    const json form = form_schema(settings.form, screen, "en");
    valijson::Schema schema;
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(valijson::adapters::NlohmannJsonAdapter(form["schema"]), schema);
    RequestMaker maker(settings.form, 20'261'121U);
    int accepted = 0;
    constexpr int kRequests = 1500;
    for (int i = 0; i < kRequests; ++i) {
      const TicketRequest request = maker.make(screen);
      const auto errors = validate_request(settings.form, request, screen);
      const json data = editable(request, settings.form);
      ASSERT_EQ(schema_accepts(schema, data), errors.empty())
          << data.dump(1) << (errors.empty() ? "" : errors[0].field + " " + errors[0].code);
      if (errors.empty()) ++accepted;
    }
    EXPECT_GT(accepted, kRequests / 100) << "the maker makes good requests too";
    EXPECT_LT(accepted, kRequests * 9 / 10) << "and bad ones";
  }
}

INSTANTIATE_TEST_SUITE_P(Settings, FormAgreement,
                         ::testing::Values(Variant{"sample", "[]"}, Variant{"everything_required", R"([
            {"op":"replace","path":"/builtin_fields/department","value":{"use":"binding","required":true}},
            {"op":"replace","path":"/builtin_fields/name/required","value":true},
            {"op":"add","path":"/fields/8/required","value":true},
            {"op":"add","path":"/fields/2/required","value":true}])"},
                                           Variant{"much_hidden", R"([
            {"op":"replace","path":"/builtin_fields/department","value":{"use":"hidden","required":false}},
            {"op":"replace","path":"/builtin_fields/priority","value":{"use":"hidden","required":false}},
            {"op":"replace","path":"/builtin_fields/category","value":{"required":false}},
            {"op":"replace","path":"/builtin_fields/outcome_sought","value":{"shown":false}},
            {"op":"replace","path":"/builtin_fields/consent_to_contact","value":{"shown":false}},
            {"op":"remove","path":"/routing/rules/10"}])"},
                                           Variant{"other_conditions", R"([
            {"op":"add","path":"/fields/1/visible_when","value":{"field":"kind","in":["service","complaint"]}},
            {"op":"add","path":"/fields/4/visible_when","value":{"field":"contact_times","in":["evening","midday"]}},
            {"op":"add","path":"/fields/7/visible_when","value":{"field":"felt_unwell","in":["false"]}},
            {"op":"add","path":"/fields/7/required","value":true}])"}),
                         [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace ccms::settings
