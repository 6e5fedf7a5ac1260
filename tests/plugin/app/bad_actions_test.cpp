// What a clerk does to a ticket, sent wrongly in every way, member by member.
#include <gmock/gmock.h>

#include <algorithm>

#include "plugin/abi/error.h"
#include "plugin/app/act.h"
#include "tests/plugin/app/journal_counts.h"
#include "tests/plugin/app/schema_fields.h"
#include "tests/plugin/till_fixture.h"

namespace ccms::test {
namespace {

using Pointer = Json::json_pointer;

struct Action {
  std::string name;
  Json members;                       ///< all that the action takes, besides ticket and clerk
  std::vector<std::string> required;  ///< of these
};

std::vector<Action> actions() {
  const Json complainant{{"kind", "organisation"},
                         {"name", "Anna"},
                         {"mobile", "0171"},
                         {"email", "anna@example.org"},
                         {"organisation", "Verein"}};
  const Json fields{{"category", "defective"},
                    {"details", "It burns."},
                    {"outcome_sought", "refund"},
                    {"collect_at", "S001"},
                    {"consent_to_contact", true},
                    {"confidential", true},
                    {"custom", {{"serial_number", "X1"}}}};
  return {
      {"amend",
       {{"changes",
         {{"ticket", fields}, {"complainant", complainant}, {"transaction", sample_transaction()}}},
        {"reason", "the customer came back"}},
       {"changes"}},
      {"withdraw", {{"reason", "a mistake"}}, {}},
      {"comment", {{"text", "hello"}, {"visibility", "internal"}}, {"text", "visibility"}},
      {"receive_goods",
       {{"condition", "used"}, {"accessories", {"cable"}}, {"serial", "X1"}, {"tag", "T1"}, {"shelf", "A3"}},
       {"condition"}},
      {"hand_over", {{"to", "Anna"}, {"note", "showed her passport"}}, {}},
      {"settle",
       {{"resolution_code", "refunded"},
        {"note", "Money back."},
        {"remedy", {{"kind", "refund"}, {"amount", {{"amount", 1999}, {"currency", "EUR"}}}}},
        {"approved_by", {{"id", "m1"}, {"name", "Ada"}}}},
       {"resolution_code", "note"}}};
}

class BadActions : public TillTest {
 protected:
  BadActions() { enrol(); }

  Json request_of(const Action& action, const Json& ticket) {
    Json request{{"action", action.name},
                 {"ticket_id", ticket.at("ticket_id")},
                 {"clerk", {{"id", "c2"}, {"name", "Ben"}}},
                 {"language", "en"}};
    request.update(action.members);
    return request;
  }

  void expect_refused(const Json& request, const Pointer& pointer) {
    const auto before = journal_counts(till().journal);
    const auto reply = plugin::app::act(till(), request.dump());
    const auto what = pointer.to_string() + " in " + request.dump().substr(0, 900);
    EXPECT_EQ(journal_counts(till().journal), before) << what;
    if (reply) {
      ADD_FAILURE() << "accepted: " << what;
      return;
    }
    EXPECT_EQ(plugin::abi::status_of(reply.error()), CCMS_INVALID_ARGUMENT) << what;
    EXPECT_TRUE((reply.error().field + "/").starts_with(pointer.to_string() + "/"))
        << reply.error().field << " is named for " << what;
  }

  /// Every member of a request, described by what it is in a request that is right.
  static std::vector<SchemaField> members_of(const Json& request) {
    std::vector<SchemaField> members;
    add_members(request, Pointer(), members);
    return members;
  }

  /// Calls `spoil(request, member)` for every member of a right request of every action.
  template <class Spoil>
  void for_every_member(Spoil spoil) {
    for (const auto& action : actions()) {
      const auto right = request_of(action, create());
      for (const auto& member : members_of(right)) spoil(right, member);
      // At the end, because after it the ticket is another one.
      EXPECT_TRUE(plugin::app::act(till(), right.dump())) << right;
    }
  }

 private:
  static void add_members(const Json& value, const Pointer& at, std::vector<SchemaField>& members) {
    if (!at.empty()) members.push_back({at, {{"type", type_of(value)}}, false});
    if (value.is_object())
      for (const auto& [name, member] : value.items()) add_members(member, at / name, members);
    if (value.is_array() && !value.empty()) add_members(value.at(0), at / 0, members);
  }
  static std::string type_of(const Json& value) {
    return value.is_number_integer() ? "integer" : value.type_name();
  }
};

bool is_removed_by_null(const SchemaField& member) {
  return member.pointer.to_string().starts_with("/changes/");
}

TEST_F(BadActions, a_member_of_another_type_is_refused_naming_it) {
  for_every_member([this](const Json& right, const SchemaField& member) {
    for (const auto& value : wrong_types(member)) {
      if (value.is_null() && is_removed_by_null(member)) continue;
      auto wrong = right;
      wrong[member.pointer] = value;
      expect_refused(wrong, member.pointer);
    }
  });
}

TEST_F(BadActions, a_member_that_is_too_long_or_too_large_is_refused_naming_it) {
  for_every_member([this](const Json& right, const SchemaField& member) {
    for (const auto& value : oversized_values(member)) {
      auto wrong = right;
      wrong[member.pointer] = value;
      expect_refused(wrong, member.pointer);
    }
  });
}

TEST_F(BadActions, an_unknown_member_is_named_wherever_it_stands) {
  for_every_member([this](const Json& right, const SchemaField& member) {
    const auto parent = member.pointer.parent_pointer();
    if (!right.at(parent).is_object()) return;
    auto wrong = right;
    wrong[parent / "surprise"] = 1;
    expect_refused(wrong, parent / "surprise");
  });
}

TEST_F(BadActions, a_required_member_that_is_missing_is_named) {
  for (const auto& action : actions()) {
    const auto right = request_of(action, create());
    auto required = action.required;
    required.insert(required.end(), {"action", "clerk"});
    for (const auto& name : required) {
      auto wrong = right;
      wrong.erase(name);
      expect_refused(wrong, Pointer("/" + name));
    }
    auto nameless = right;
    nameless.erase("ticket_id");
    expect_refused(nameless, Pointer("/code"));  // which is what people would name it by
  }
}

TEST_F(BadActions, a_value_that_is_none_of_those_allowed_is_refused_naming_the_member) {
  const auto ticket = create();
  for (const auto& action : actions()) {
    const auto right = request_of(action, ticket);
    for (const char* pointer : {"/action", "/visibility", "/condition", "/resolution_code", "/remedy/kind",
                                "/changes/ticket/outcome_sought", "/changes/ticket/category",
                                "/changes/ticket/collect_at", "/changes/complainant/kind"}) {
      if (!right.contains(Pointer(pointer))) continue;
      auto wrong = right;
      wrong[Pointer(pointer)] = "no_such_option";
      expect_refused(wrong, Pointer(pointer));
    }
  }
}

}  // namespace
}  // namespace ccms::test
