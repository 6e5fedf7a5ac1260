#include <gmock/gmock.h>

#include "tests/server/presets/story.h"

// The description that this follows: the customer logs a complaint; a team member is assigned, who accepts or
// declines; what stops the work is noted as Blocked, as often as needed, and as resolved; once it is fixed
// the customer confirms, or after four days it closes by itself.

namespace ccms::test {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const json kAsCustomer = {{"as", "customer"}};

json complaint(const char* details) {
  return {{"kind", "complaint"},
          {"language", "en"},
          {"store", "NOT"},
          {"ticket", {{"category", "cleaning"}, {"details", details}}},
          {"complainant",
           {{"kind", "contact"},
            {"name", "Owen Price"},
            {"mobile", "+44 7700 900789"},
            {"email", "owen@customer.example"}}},
          {"proof", {{"kind", "none"}, {"reason", "no_purchase"}}}};
}

json note(const char* text) { return {{"note", text}}; }

class SwiftCase : public ::testing::Test {
 protected:
  Story story{"swiftcase", "administrator"};
  Person customer = story.program({{"customer_portal", ""}});
  Person lead = story.person("lead", {{"team_lead", "property_team"}});
  Person sam = story.person("sam", {{"team_member", "property_team"}});
  Person tess = story.person("tess", {{"team_member", "property_team"}});
  Person accountant = story.person("accountant", {{"team_member", "accounts"}});
  Person administrator = story.person("administrator", {{"administrator", ""}});
  std::vector<Person> everybody{customer, lead, sam, tess, accountant, administrator};

  /// A complaint that waits for the customer's word.
  Ticket fixed_complaint() {
    const Ticket ticket = customer.logs(complaint("The bins were not emptied."));
    lead.takes("assign", ticket, {{"assignee", tess.id()}});
    tess.takes("accept", ticket);
    tess.takes("ask_for_confirmation", ticket, note("Emptied this morning"));
    return ticket;
  }
};

TEST_F(SwiftCase, AComplaintIsAssignedDeclinedAcceptedBlockedFixedAndConfirmed) {
  const Ticket stairs = customer.logs(complaint("Nobody has cleaned the stairs since Monday."));
  EXPECT_EQ(story.state_of(stairs), "Complaint Logged");
  expect_refused(sam.tries("assign", stairs, {{"assignee", sam.id()}}), kWrongRole);
  expect_refused(lead.tries("assign", stairs), missing("/assignee"));
  expect_refused(lead.tries("assign", stairs, {{"assignee", accountant.id()}}),
                 {422, "wrong_department", "/assignee"});
  expect_refused(sam.tries("accept", stairs), kWrongState);
  story.expect_refusals(stairs, everybody);

  lead.takes("assign", stairs, {{"assignee", sam.id()}});
  EXPECT_EQ(story.state_of(stairs), "Team Member Assigned");
  expect_refused(tess.tries("accept", stairs), kWrongRole);
  expect_refused(lead.tries("accept", stairs), kWrongRole);
  story.expect_refusals(stairs, everybody);
  sam.takes("decline", stairs);
  EXPECT_EQ(story.state_of(stairs), "Complaint Logged");
  EXPECT_FALSE(story.facts_of(stairs).contains("assignee"));
  lead.takes("assign", stairs, {{"assignee", tess.id()}});
  tess.takes("accept", stairs);
  EXPECT_EQ(story.customer_sees(stairs), "In progress");
  story.expect_refusals(stairs, everybody);

  expect_refused(tess.tries("block", stairs), missing("/note"));
  expect_refused(sam.tries("block", stairs, note("No key")), kWrongRole);
  tess.takes("block", stairs, note("We have no key to the house"));
  EXPECT_EQ(story.state_of(stairs), "Blocked");
  expect_refused(tess.tries("ask_for_confirmation", stairs, note("Clean")), kWrongState);
  expect_refused(tess.tries("unblock", stairs), missing("/note"));
  expect_refused(tess.tries("still_blocked", stairs), missing("/note"));
  story.expect_refusals(stairs, everybody);
  lead.takes("still_blocked", stairs, note("The caretaker is back tomorrow"));
  EXPECT_EQ(story.state_of(stairs), "Blocked");
  tess.takes("unblock", stairs, note("Got the key"));
  tess.takes("block", stairs, note("The water is turned off"));
  lead.takes("unblock", stairs, note("It is back on"));

  expect_refused(customer.tries("issue_resolved", stairs, kAsCustomer), kWrongState);
  expect_refused(tess.tries("ask_for_confirmation", stairs), missing("/note"));
  tess.takes("ask_for_confirmation", stairs, note("All four floors are clean"));
  EXPECT_EQ(story.customer_sees(stairs), "Please confirm");
  expect_refused(tess.tries("issue_resolved", stairs), kWrongRole);
  expect_refused(customer.tries("issue_resolved", stairs), kWrongRole);
  expect_refused(lead.tries("issue_resolved", stairs, kAsCustomer), {403, "forbidden", "/as"});
  expect_refused(administrator.tries("close_by_itself", stairs), kWrongRole);
  story.expect_refusals(stairs, everybody);
  customer.takes("issue_resolved", stairs, kAsCustomer);
  EXPECT_EQ(story.state_of(stairs), "Closed");
  EXPECT_EQ(story.facts_of(stairs)["resolution"]["code"], "confirmed");
  EXPECT_THAT(lead.can_take(stairs), IsEmpty());
  story.expect_refusals(stairs, everybody);
  story.reaches("2026-11-26T10:00:00.000Z");

  const Ticket bins = fixed_complaint();
  story.reaches("2026-11-30T09:59:00.000Z");
  EXPECT_EQ(story.state_of(bins), "Confirmation") << "not quite four days";
  story.reaches("2026-11-30T10:01:00.000Z");
  EXPECT_EQ(story.state_of(bins), "Closed");
  EXPECT_EQ(story.facts_of(bins)["resolution"]["code"], "not_confirmed");
  expect_refused(customer.tries("issue_resolved", bins, kAsCustomer), kWrongState);

  story.expect_every_step_taken();
  story.expect_told_as_in("swiftcase");
}

TEST_F(SwiftCase, TheCustomerReadsOfEachStateButNotOfDecliningNorOfNotes) {
  const Ticket stairs = customer.logs(complaint("Nobody has cleaned the stairs."));
  lead.takes("assign", stairs, {{"assignee", sam.id()}});
  sam.takes("decline", stairs);
  lead.takes("assign", stairs, {{"assignee", sam.id()}});
  sam.takes("accept", stairs);
  sam.takes("block", stairs, note("No key"));
  sam.takes("still_blocked", stairs, note("Still no key"));
  EXPECT_THAT(story.public_history_of(stairs),
              ElementsAre("state_changed", "state_changed", "state_changed", "state_changed"));
  EXPECT_EQ(story.customer_sees(stairs), "In progress: we need a little longer");
}

TEST_F(SwiftCase, WhoConfirmsInTimeIsNotClosedByTheClock) {
  const Ticket bins = fixed_complaint();
  story.reaches("2026-11-25T10:00:00.000Z");
  customer.takes("issue_resolved", bins, kAsCustomer);
  story.reaches("2026-12-03T10:00:00.000Z");
  EXPECT_EQ(story.facts_of(bins)["resolution"]["code"], "confirmed");
}

}  // namespace
}  // namespace ccms::test
