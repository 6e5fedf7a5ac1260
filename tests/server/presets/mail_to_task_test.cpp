#include <gtest/gtest.h>

#include "tests/server/presets/story.h"

// The description that this follows: complaints that arrive by e-mail become tasks, each tracked, assigned to
// an agent and given a deadline, among all other tasks. Agents move them from Open to Done, and the account
// manager sees by a count which customers have something open.

namespace ccms::test {
namespace {

using nlohmann::json;

/// What a mail gateway makes of an e-mail.
json mail(const char* category, const char* text, const char* from = "lotte@tulp-architects.example") {
  return {{"kind", "task"},
          {"language", "en"},
          {"store", "UTR"},
          {"ticket",
           {{"category", category},
            {"details", text},
            {"custom", {{"mail_subject", "Order 5512"}, {"message_id", "<5512@tulp-architects.example>"}}}}},
          {"complainant",
           {{"kind", "contact"}, {"name", "Lotte Vermeer"}, {"mobile", "+31 6 55501234"}, {"email", from}}},
          {"proof", {{"kind", "none"}, {"reason", "no_purchase"}}}};
}

class MailToTask : public ::testing::Test {
 protected:
  Story story{"mail-to-task", "office"};
  Person gateway = story.program({{"mail_gateway", ""}});
  Person agent = story.person("agent", {{"agent", "service_desk"}});
  Person colleague = story.person("colleague", {{"agent", "service_desk"}});
  Person biller = story.person("biller", {{"agent", "billing"}});
  Person manager = story.person("account-manager", {{"account_manager", ""}});
  Person lead = story.person("lead", {{"office", ""}});
  std::vector<Person> everybody{gateway, agent, colleague, biller, manager, lead};
};

TEST_F(MailToTask, AnEmailBecomesATaskThatIsAssignedMovedAndDone) {
  const Ticket chairs = gateway.logs(mail("complaint", "Three of the ten chairs are scratched."));
  EXPECT_EQ(story.state_of(chairs), "Open");
  EXPECT_EQ(story.facts_of(chairs)["kind"], "task");
  EXPECT_TRUE(story.facts_of(chairs).contains("answer_by")) << "a task has a deadline";
  expect_refused(gateway.tries("start", chairs), kNotToBeSeen);
  expect_refused(agent.tries("start", chairs), kWrongRole);
  expect_refused(agent.tries("assign", chairs), missing("/assignee"));
  expect_refused(agent.tries("assign", chairs, {{"assignee", biller.id()}}),
                 {422, "wrong_department", "/assignee"});
  expect_refused(agent.tries("assign", chairs, {{"assignee", manager.id()}}),
                 {422, "wrong_department", "/assignee"});
  story.expect_refusals(chairs, everybody);

  manager.takes("assign", chairs, {{"assignee", agent.id()}});
  expect_refused(colleague.tries("start", chairs), kWrongRole);
  expect_refused(agent.tries("finish", chairs, {{"resolution_code", "solved"}, {"note", "Done"}}),
                 kWrongState);
  agent.takes("start", chairs);
  EXPECT_EQ(story.customer_sees(chairs), "In progress");
  expect_refused(agent.tries("put_back", chairs), missing("/note"));
  story.expect_refusals(chairs, everybody);
  agent.takes("put_back", chairs, {{"note", "I am away this week"}});
  agent.takes("assign", chairs, {{"assignee", colleague.id()}});
  colleague.takes("start", chairs);
  expect_refused(colleague.tries("finish", chairs, {{"note", "New chairs"}}), missing("/resolution_code"));
  colleague.takes("finish", chairs,
                  {{"resolution_code", "solved"}, {"note", "Three new chairs are on their way"}});
  EXPECT_EQ(story.customer_sees(chairs), "Done");
  story.expect_refusals(chairs, everybody);
  manager.takes("reopen", chairs, {{"note", "Only two came"}});
  colleague.takes("start", chairs);
  colleague.takes("finish", chairs, {{"resolution_code", "credited"}, {"note", "Credit note for the third"}});

  story.expect_every_step_taken();
  story.expect_told_as_in("mail-to-task");
}

TEST_F(MailToTask, TheAccountManagerSeesHowManyTasksACustomerHasAndHearsOfLateOnes) {
  const Ticket chairs = gateway.logs(mail("complaint", "Three chairs are scratched."));
  gateway.logs(mail("invoice", "The invoice is wrong."));
  EXPECT_EQ(manager.finds("status=open&customer_number=%2B31655501234"), 2);
  agent.takes("assign", chairs, {{"assignee", agent.id()}});
  agent.takes("start", chairs);
  agent.takes("finish", chairs, {{"resolution_code", "solved"}, {"note", "Replaced"}});
  EXPECT_EQ(manager.finds("status=open&customer_number=%2B31655501234"), 1);
  EXPECT_EQ(manager.finds("status=done"), 1);
  EXPECT_EQ(biller.finds("status=open"), 1);
  EXPECT_EQ(agent.finds("status=open"), 0) << "that one is with billing";
  story.reaches("2026-11-25T18:00:00.000Z");
  EXPECT_FALSE(story.has_told("account-manager@staff.example"));
  story.reaches("2026-11-30T18:00:00.000Z");
  EXPECT_TRUE(story.has_told("account-manager@staff.example"));
  story.expect_told_as_in("mail-to-task-late");
}

TEST_F(MailToTask, EverythingIsATaskAndComesFromThoseWhoMayCreateThem) {
  json complaint = mail("complaint", "Scratched.");
  complaint["kind"] = "complaint";
  EXPECT_EQ(gateway.tries_to_log(complaint).status, 422);
  EXPECT_EQ(manager.tries_to_log(mail("complaint", "Scratched.")).status, 403);
  EXPECT_EQ(agent.tries_to_log(mail("operational", "Call the supplier.")).status, 201);
  json without_sender = mail("complaint", "Scratched.");
  without_sender["complainant"].erase("email");
  EXPECT_EQ(gateway.tries_to_log(without_sender).status, 422);
}

}  // namespace
}  // namespace ccms::test
