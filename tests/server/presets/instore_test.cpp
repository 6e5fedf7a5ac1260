#include <gtest/gtest.h>

#include "tests/server/presets/story.h"

// The description that this follows: a ticket that is submitted in the store, tagged to a loyalty customer's
// transaction, gets a unique number that is told to the customer and the department; it is verified,
// allocated, worked on, and when it is closed the customer is informed, or asked to collect the product.

namespace ccms::test {
namespace {

using nlohmann::json;

json complaint(const char* category, const char* details) {
  return {{"kind", "complaint"},
          {"language", "en"},
          {"ticket", {{"category", category}, {"details", details}, {"consent_to_contact", true}}},
          {"complainant",
           {{"kind", "member"},
            {"name", "Ruth Adeyemi"},
            {"mobile", "+44 7700 900123"},
            {"email", "ruth@customer.example"}}},
          {"customer",
           {{"id", "LOYAL-7731"},
            {"name", "Ruth Adeyemi"},
            {"identifiers", {{{"type", "card"}, {"value", "7731-0042"}}}}}},
          {"proof", {{"kind", "none"}, {"reason", "lost_receipt"}}}};
}

/// Tagged to what the loyalty customer bought.
json complaint_about_a_purchase() {
  json request = complaint("faulty_product", "The kettle leaks at the spout.");
  request["ticket"]["priority"] = "high";
  request["ticket"]["department"] = "repairs";
  request["ticket"]["custom"] = {{"serial_number", "KT-20418"}};
  request["transaction"] = {{"id", "R-104233"},
                            {"type", "sale"},
                            {"store", "LH01"},
                            {"till", "LH01-T1"},
                            {"at", "2026-11-20T11:02:00.000Z"},
                            {"utc_offset_minutes", 0},
                            {"customer_id", "LOYAL-7731"},
                            {"total", {{"amount", 3999}, {"currency", "GBP"}}},
                            {"lines",
                             {{{"line", 1},
                               {"product_id", "KETTLE-17"},
                               {"description", "Kettle 1.7 l"},
                               {"quantity", "1"},
                               {"amount", {{"amount", 3999}, {"currency", "GBP"}}}}}}};
  request["proof"] = {{"kind", "looked_up"}};
  return request;
}

class InStore : public ::testing::Test {
 protected:
  Story story{"instore", "head_office"};
  Person clerk = story.person("clerk", {{"store_clerk", "LH01"}});
  Person manager = story.person("manager", {{"store_manager", "LH01"}});
  Person repairer = story.person("repairer", {{"department_staff", "repairs"}});
  Person driver = story.person("driver", {{"department_staff", "deliveries"}});
  Person head = story.person("head", {{"head_office", ""}});
  Person other_manager = story.person("manager-in-leeds", {{"store_manager", "LH02"}});
  std::vector<Person> everybody{clerk, manager, repairer, driver, head, other_manager};
};

TEST_F(InStore, ATicketIsVerifiedAllocatedWorkedOnAndClosedAndTheCustomerIsInformed) {
  const Ticket kettle = clerk.logs(complaint_about_a_purchase());
  EXPECT_EQ(story.state_of(kettle), "Open");
  EXPECT_FALSE(story.facts_of(kettle).contains("department")) << "nothing is allocated before it is verified";
  expect_refused(head.tries("start", kettle), kNotVerified);
  expect_refused(repairer.tries("start", kettle), kNotToBeSeen);
  expect_refused(clerk.tries("verify", kettle, {{"note", "I believe it"}}), kWrongRole);
  expect_refused(manager.tries("verify", kettle), missing("/note"));
  story.expect_refusals(kettle, everybody);

  manager.takes("verify", kettle, {{"note", "I saw it leak"}});
  EXPECT_EQ(story.facts_of(kettle)["department"], "repairs");
  expect_refused(driver.tries("start", kettle), kNotToBeSeen);
  story.expect_refusals(kettle, everybody);

  repairer.takes("assign", kettle, {{"assignee", repairer.id()}});
  repairer.takes("start", kettle);
  EXPECT_EQ(story.customer_sees(kettle), "In Progress");
  expect_refused(manager.tries("verify", kettle, {{"note", "Again"}}), kWrongState);
  expect_refused(repairer.tries("close_addressed", kettle, {{"resolution_code", "exchanged"}}),
                 missing("/note"));
  story.expect_refusals(kettle, everybody);

  repairer.takes("close_addressed", kettle,
                 {{"resolution_code", "exchanged"}, {"note", "A new kettle, same model"}});
  EXPECT_EQ(story.customer_sees(kettle), "Closed");
  story.expect_refusals(kettle, everybody);
  manager.takes("reopen", kettle, {{"note", "The new one leaks as well"}});
  repairer.takes("close_addressed", kettle, {{"resolution_code", "refunded"}, {"note", "Money back"}});

  json service = complaint("faulty_product", "The mixer has to be serviced.");
  service["kind"] = "service";
  const Ticket mixer = clerk.logs(service);
  story.expect_refusals(mixer, everybody);
  manager.takes("verify", mixer, {{"note", "Mixer is here"}});
  repairer.takes("assign", mixer, {{"assignee", repairer.id()}});
  repairer.takes("start", mixer);
  story.expect_refusals(mixer, everybody);
  repairer.takes("close_to_collect", mixer, {{"resolution_code", "repaired"}, {"note", "New motor brushes"}});
  manager.takes("reopen", mixer, {{"note", "It was not collected for it still hums"}});
  repairer.takes("close_to_collect", mixer, {{"resolution_code", "repaired"}, {"note", "New bearing"}});

  const Ticket invented = clerk.logs(complaint("delivery", "My sofa never came."));
  manager.takes("close_as_not_genuine", invented, {{"note", "No such order"}});
  service["ticket"]["details"] = "Service for a mixer of another chain.";
  const Ticket not_ours = clerk.logs(service);
  manager.takes("close_as_not_genuine", not_ours, {{"note", "We do not sell these"}});

  const Ticket forgotten = clerk.logs(complaint("delivery", "The lamp was delivered to the neighbours."));
  manager.takes("verify", forgotten, {{"note", "Order found"}});
  story.reaches("2026-11-28T12:00:00.000Z");
  story.reaches("2026-11-30T10:00:00.000Z");
  story.reaches("2026-11-30T18:00:00.000Z");
  EXPECT_EQ(driver.finds("due=overdue"), 1);

  story.expect_every_step_taken();
  story.expect_told_as_in("instore");
}

TEST_F(InStore, TicketsAreFoundByStatusPriorityDepartmentDateCustomerNumberAndCode) {
  const Ticket kettle = clerk.logs(complaint_about_a_purchase());
  const Ticket points = clerk.logs(complaint("loyalty_points", "My points are missing."));
  manager.takes("verify", kettle, {{"note", "Seen"}});
  repairer.takes("start", kettle);
  EXPECT_EQ(clerk.finds("status=open"), 1);
  EXPECT_EQ(clerk.finds("status=in_progress"), 1);
  EXPECT_EQ(clerk.finds("status=closed"), 0);
  EXPECT_EQ(clerk.finds("priority=high"), 1);
  EXPECT_EQ(clerk.finds("department=repairs"), 1);
  EXPECT_EQ(clerk.finds("created_from=2026-11-23&created_to=2026-11-23"), 2);
  EXPECT_EQ(clerk.finds("created_from=2026-11-24"), 0);
  EXPECT_EQ(clerk.finds("customer_number=07700900123"), 2);
  EXPECT_EQ(clerk.finds("customer_number=07700900999"), 0);
  EXPECT_EQ(clerk.finds("code=" + points.code), 1);
  EXPECT_EQ(other_manager.finds("status=open"), 0) << "another store's tickets";
}

TEST_F(InStore, AClerkCannotReportForAnotherStoreNorLeaveOutWhoComplains) {
  json request = complaint("delivery", "The box was empty.");
  request["store"] = "LH02";
  expect_refused(clerk.tries_to_log(request), {403, "store_not_allowed", "/store"});
  request.erase("store");
  request["complainant"].erase("mobile");
  EXPECT_EQ(clerk.tries_to_log(request).status, 422);
  EXPECT_FALSE(story.has_told("customer-service@larkfield.example"));
}

}  // namespace
}  // namespace ccms::test
