#include <nlohmann/json.hpp>

#include "server/store/user_store.h"
#include "tests/server/support/on_both_backends.h"

namespace ccms::test {
namespace {

using nlohmann::json;

class RerouteTest : public OnBothBackends {
 protected:
  domain::Capture create(const char* category) {
    auto content = plain_content();
    content.ticket.category = domain::CategoryId(category);
    auto capture = till.created(std::move(content));
    const auto outcome = till.send_one(transport(), till.sign(capture));
    EXPECT_EQ(outcome.outcome, wire::CaptureOutcome::stored)
        << (outcome.problem ? outcome.problem->field + outcome.problem->message : "");
    return capture;
  }
  void amend(const domain::Capture& created, const domain::ContentChanges& changes) {
    const auto outcome =
        till.send_one(transport(), till.sign(till.about(created, domain::Amended{changes, "misheard"})));
    EXPECT_EQ(outcome.outcome, wire::CaptureOutcome::stored)
        << (outcome.problem ? outcome.problem->field + outcome.problem->message : "");
  }
  static domain::ContentChanges to_category(const char* category) {
    domain::ContentChanges changes;
    changes.ticket.category = domain::CategoryId(category);
    return changes;
  }
  std::string department() { return server.text("SELECT department FROM tickets"); }
  std::vector<json> events(const std::string& type) {
    std::vector<json> found;
    const auto lease = server.database().reader();
    for (const auto& row :
         lease->query("SELECT data FROM ticket_events WHERE type = ? ORDER BY number", {type}))
      found.push_back(json::parse(row.text("data")));
    return found;
  }
  std::int64_t told() {
    return server.count("SELECT COUNT(*) FROM notifications WHERE audience = 'department'");
  }
};

TEST_P(RerouteTest, AnAmendmentTakesATicketThatNobodyBeganToWhereItBelongs) {
  const auto created = create("other");
  ASSERT_EQ(department(), "customer_care");
  const auto told_before = told();
  amend(created, to_category("store_condition"));
  EXPECT_NE(department(), "customer_care");
  const auto routed = events("routed");
  ASSERT_EQ(routed.size(), 2U);
  EXPECT_EQ(routed[1]["reason"], "amended");
  EXPECT_EQ(routed[1]["former_department"], "customer_care");
  EXPECT_EQ(routed[1]["department"], department());
  EXPECT_EQ(told(), told_before * 2) << "the new department hears of it as the former did";
}

TEST_P(RerouteTest, WhatChangesNothingForRoutingIsNotRoutedAgain) {
  const auto created = create("other");
  domain::ContentChanges changes;
  changes.ticket.details = "Something else";
  amend(created, changes);
  EXPECT_EQ(events("routed").size(), 1U);
  EXPECT_TRUE(events("routing_differs").empty());
}

TEST_P(RerouteTest, WhereWorkHasBegunItStaysAndTheHistorySaysWhatRoutingWouldSay) {
  const auto created = create("other");
  server.database().writer()->execute("UPDATE tickets SET state = 'in_progress', state_type = 'in_progress'");
  amend(created, to_category("store_condition"));
  EXPECT_EQ(department(), "customer_care");
  EXPECT_EQ(events("routed").size(), 1U);
  const auto noted = events("routing_differs");
  ASSERT_EQ(noted.size(), 1U);
  EXPECT_EQ(noted[0]["reason"], "amended");
  EXPECT_NE(noted[0]["department"], "customer_care");
}

TEST_P(RerouteTest, WhoGotItByItselfDoesNotKeepItWhereItDoesNotBelong) {
  json chain = json::parse(sample_settings());
  for (json& department : chain["departments"]) {
    if (department["id"] == "customer_care") department["assignment"] = {{"by", "least_load"}};
  }
  server.publish(chain.dump());
  server.restart();
  server::User anna;
  anna.user_id = "0192d3a0-1111-7000-8000-000000000007";
  anna.login = anna.name = "anna";
  anna.roles = {{"department_staff", "customer_care"}};
  {
    const auto writer = server.database().writer();
    server::UserStore(*writer).insert(anna, "!", server.clock().now());
  }
  const auto created = create("other");
  ASSERT_EQ(server.text("SELECT assignee FROM tickets"), anna.user_id);
  amend(created, to_category("store_condition"));
  EXPECT_NE(department(), "customer_care");
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets WHERE assignee IS NULL"), 1);
}

TEST_P(RerouteTest, WhatAPersonMovedStaysThere) {
  const auto created = create("other");
  server.database().writer()->execute("UPDATE tickets SET department = 'people'");
  amend(created, to_category("store_condition"));
  EXPECT_EQ(department(), "people");
  EXPECT_EQ(events("routing_differs").size(), 1U);
}

CCMS_ON_BOTH_BACKENDS(RerouteTest);

}  // namespace
}  // namespace ccms::test
