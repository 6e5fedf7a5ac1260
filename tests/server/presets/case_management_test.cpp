#include <gtest/gtest.h>

#include "tests/server/presets/story.h"

// The description that this follows: cases belong to workflows (credit cards, debit cards, loans) with fields
// of their own; creators register them, resolvers resolve or escalate them, escalators take over, a
// supervisor is in charge. Turn-around times have a maximum and a minimum by priority; statuses are reason
// codes; regions have time zones and work round the clock; SMS and e-mail tell the customer of each case
// registered and resolved.

namespace ccms::test {
namespace {

using nlohmann::json;

json reason() { return {{"reason", "works_as_agreed"}, {"note", "Looked at it twice"}}; }
json done() { return {{"resolution_code", "refunded"}, {"note", "Paid back"}}; }
json note(const char* text) { return {{"note", text}}; }

json a_case(const char* category, const char* store = "LON", const char* priority = "medium") {
  json request = {{"kind", "complaint"},
                  {"language", "en"},
                  {"store", store},
                  {"ticket",
                   {{"category", category},
                    {"priority", priority},
                    {"details", "There is a charge of 40 pounds from a shop I do not know."}}},
                  {"complainant",
                   {{"kind", "contact"},
                    {"name", "Maya Okafor"},
                    {"mobile", "+44 7700 900456"},
                    {"email", "maya@customer.example"}}},
                  {"proof", {{"kind", "none"}, {"reason", "no_purchase"}}}};
  const std::string about = category;
  if (about == "card_charge") {
    request["ticket"]["custom"] = {{"credit_cards_verification", "by_phone"},
                                   {"credit_cards_age", 41},
                                   {"credit_cards_salary", {{"amount", 3800000}, {"currency", "GBP"}}},
                                   {"credit_cards_limit", {{"amount", 250000}, {"currency", "GBP"}}}};
  }
  if (about == "loan_terms") {
    request["ticket"]["custom"] = {{"loans_verification", "by_document"},
                                   {"loans_age", 41},
                                   {"loans_limit", {{"amount", 900000}, {"currency", "GBP"}}}};
  }
  return request;
}

class CaseManagement : public ::testing::Test {
 protected:
  Story story{"case-management", "supervisor"};
  Person creator = story.person("creator", {{"card_creator", "london"}});
  Person loan_creator = story.person("loan-creator", {{"loan_creator", "london"}});
  Person resolver = story.person("resolver", {{"card_resolver", "cards"}});
  Person loan_resolver = story.person("loan-resolver", {{"loan_resolver", "loans"}});
  Person general_resolver = story.person("general-resolver", {{"general_resolver", "accounts"}});
  Person officer = story.person("officer", {{"escalation_officer", ""}});
  Person supervisor = story.person("supervisor", {{"supervisor", ""}});
  std::vector<Person> everybody{creator, loan_creator, resolver, loan_resolver, officer, supervisor};

  /// Four cases that together take every step of a workflow.
  void take_every_step(const Person& from, const Person& by, const char* category) {
    const Ticket first = from.logs(a_case(category));
    by.takes("assign", first, {{"assignee", by.id()}});
    by.takes("begin", first);
    by.takes("escalate", first, note("The shop does not answer"));
    officer.takes("take_over", first);
    officer.takes("ask_approval", first, note("Refund above my limit"));
    officer.takes("approve", first, note("Agreed"));
    officer.takes("complete", first, done());
    supervisor.takes("reopen", first, note("The refund bounced"));
    officer.takes("ask_approval", first, note("Pay in cash?"));
    officer.takes("refuse_approval", first, {{"reason", "not_approved"}, {"note", "Not in cash"}});
    const Ticket second = from.logs(a_case(category));
    by.takes("not_a_problem", second, reason());
  }
};

TEST_F(CaseManagement, ACaseIsRegisteredEscalatedApprovedAndCompleted) {
  const Ticket charge = creator.logs(a_case("card_charge"));
  EXPECT_EQ(story.state_of(charge), "Registered");
  EXPECT_EQ(story.facts_of(charge)["workflow"], "credit_cards");
  expect_refused(creator.tries("begin", charge), kWrongRole);
  expect_refused(loan_resolver.tries("begin", charge), kNotToBeSeen);
  expect_refused(resolver.tries("complete", charge, done()), kWrongState);
  story.expect_refusals(charge, everybody);

  resolver.takes("assign", charge, {{"assignee", resolver.id()}});
  resolver.takes("begin", charge);
  EXPECT_EQ(story.customer_sees(charge), "In progress");
  expect_refused(resolver.tries("escalate", charge), missing("/note"));
  story.expect_refusals(charge, everybody);

  resolver.takes("escalate", charge, note("The shop does not answer"));
  EXPECT_EQ(story.facts_of(charge)["department"], "escalations");
  EXPECT_EQ(story.facts_of(charge)["priority"], "high");
  expect_refused(resolver.tries("take_over", charge), kNotToBeSeen);
  story.expect_refusals(charge, everybody);
  officer.takes("assign", charge, {{"assignee", officer.id()}});
  officer.takes("take_over", charge);

  officer.takes("ask_approval", charge, note("Refund above my limit"));
  EXPECT_EQ(story.state_of(charge), "Needs approval");
  EXPECT_EQ(story.customer_sees(charge), "In progress");
  story.expect_refusals(charge, everybody);
  supervisor.takes("approve", charge, note("Agreed"));
  officer.takes("complete", charge, done());
  EXPECT_EQ(story.customer_sees(charge), "Completed");
  expect_refused(officer.tries("reopen", charge, note("Once more")), kWrongRole);
  story.expect_refusals(charge, everybody);

  const Ticket fee = creator.logs(a_case("card_charge"));
  resolver.takes("not_a_problem", fee, reason());
  EXPECT_EQ(story.state_of(fee), "Not a problem");
  story.expect_refusals(fee, everybody);

  const Ticket loan = loan_creator.logs(a_case("loan_terms"));
  loan_resolver.takes("begin", loan);
  loan_resolver.takes("ask_approval", loan, note("May we lower the rate?"));
  expect_refused(officer.tries("refuse_approval", loan, note("No")), missing("/reason"));
  officer.takes("refuse_approval", loan, {{"reason", "not_approved"}, {"note", "The rate was agreed"}});
  EXPECT_EQ(story.state_of(loan), "Rejected");
  supervisor.takes("reopen", loan, note("The customer sent papers"));

  story.expect_told_as_in("case-management");
}

TEST_F(CaseManagement, EachWorkflowTakesAllItsSteps) {
  take_every_step(creator, resolver, "card_charge");
  take_every_step(creator, resolver, "card_blocked");
  take_every_step(loan_creator, loan_resolver, "loan_terms");
  take_every_step(creator, general_resolver, "other");
  story.expect_every_step_taken();
}

TEST_F(CaseManagement, CasesAreRegisteredByTheCreatorsOfTheirWorkflowAndRegion) {
  expect_refused(creator.tries_to_log(a_case("loan_terms")), {403, "role_not_allowed", "/ticket/category"});
  expect_refused(loan_creator.tries_to_log(a_case("card_charge")),
                 {403, "role_not_allowed", "/ticket/category"});
  expect_refused(creator.tries_to_log(a_case("card_charge", "MUM")), {403, "store_not_allowed", "/store"});
  EXPECT_EQ(resolver.tries_to_log(a_case("card_charge")).status, 403);
  const Person both = story.person("both", {{"card_creator", "mumbai"}, {"card_resolver", "cards"}});
  const Ticket hers = both.logs(a_case("card_charge", "MUM"));
  both.takes("begin", hers);

  json unverified = a_case("card_charge");
  unverified["ticket"]["custom"].erase("credit_cards_verification");
  expect_refused(creator.tries_to_log(unverified),
                 {422, "missing_field", "/ticket/custom/credit_cards_verification"});
  json wrong_fields = a_case("card_blocked");
  wrong_fields["ticket"]["custom"] = {{"credit_cards_verification", "by_phone"}};
  EXPECT_EQ(creator.tries_to_log(wrong_fields).status, 422) << "a debit card has no such field";
}

TEST_F(CaseManagement, TheTurnAroundTimeRunsRoundTheClockAndEscalatesByWorkflow) {
  const Ticket high = creator.logs(a_case("card_charge", "LON", "high"));
  const Ticket low = creator.logs(a_case("card_charge", "LON", "low"));
  EXPECT_EQ(story.facts_of(high)["answer_by"], "2026-11-24T10:00:01.000Z") << "the maximum is the same";
  EXPECT_EQ(story.facts_of(high)["due_soon_at"], "2026-11-23T14:00:01.000Z") << "the minimum is by priority";
  EXPECT_EQ(story.facts_of(low)["due_soon_at"], "2026-11-24T06:00:02.000Z");
  resolver.takes("not_a_problem", low, reason());
  story.reaches("2026-11-24T04:30:00.000Z");
  story.reaches("2026-11-24T10:30:00.000Z");
  story.reaches("2026-11-24T22:30:00.000Z");
  EXPECT_EQ(supervisor.finds("due=overdue"), 1);
  story.expect_told_as_in("case-management-times");
}

TEST_F(CaseManagement, EachRegionHasItsTimeZone) {
  const Person mumbai = story.person("mumbai", {{"card_creator", "mumbai"}});
  const Person toronto = story.person("toronto", {{"card_creator", "toronto"}});
  mumbai.logs(a_case("card_charge", "MUM"));
  toronto.logs(a_case("card_charge", "TOR"));
  story.expect_told_as_in("case-management-regions");
}

TEST_F(CaseManagement, TheSupervisorFindsCasesByReferenceNameAndState) {
  const Ticket charge = creator.logs(a_case("card_charge"));
  EXPECT_EQ(supervisor.finds("code=" + charge.code), 1);
  EXPECT_EQ(supervisor.finds("q=okafor"), 1);
  EXPECT_EQ(supervisor.finds("status=registered"), 1);
  EXPECT_EQ(supervisor.finds("status=completed"), 0);
}

}  // namespace
}  // namespace ccms::test
