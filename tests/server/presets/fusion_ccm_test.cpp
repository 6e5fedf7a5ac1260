#include <gmock/gmock.h>

#include "tests/server/presets/story.h"

// The description that this follows: complaints and suggestions come from the app, or from a representative
// on behalf of the user, go through To Do, In Progress, Resolved or Invalid, and customers see Received, In
// Progress, Resolved. Admins may do everything, members create and view, designers and developers review and
// assign. Each role has an expected response and resolution time with escalation e-mails at a percentage of
// it.

namespace ccms::test {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;

json report(const char* category, const char* details) {
  return {{"kind", "complaint"},
          {"language", "en"},
          {"store", "APP"},
          {"ticket",
           {{"category", category},
            {"details", details},
            {"custom",
             {{"account_number", "4400128871"},
              {"device_id", "d-77aa01"},
              {"platform", "ios"},
              {"device_brand", "Orchard"},
              {"device_model", "Phone 9"},
              {"app_version", "5.2.0"}}}}},
          {"complainant",
           {{"kind", "contact"},
            {"name", "Nils Aaberg"},
            {"mobile", "+353 85 555 0177"},
            {"email", "nils@customer.example"}}},
          {"proof", {{"kind", "none"}, {"reason", "no_purchase"}}}};
}

class FusionCcm : public ::testing::Test {
 protected:
  /// The app hands on what its user writes.
  void customer_writes(const std::string& text, const Ticket& ticket) {
    const Answer answer =
        app.sends("POST", "/api/v1/tickets/" + ticket.id + "/comments", {{"text", text}, {"as", "customer"}});
    EXPECT_EQ(answer.status, 201) << answer.response.body;
  }

  Story story{"fusion-ccm", "admin"};
  Person app = story.program({{"app", ""}});
  Person admin = story.person("admin", {{"admin", ""}});
  Person member = story.person("member", {{"member", ""}});
  Person designer = story.person("designer", {{"designer", "design"}});
  Person developer = story.person("developer", {{"developer", "app_developers"}});
  Person colleague = story.person("colleague", {{"developer", "app_developers"}});
  std::vector<Person> everybody{app, admin, member, designer, developer, colleague};
};

TEST_F(FusionCcm, AComplaintGoesFromToDoToResolvedAndTheCustomerChatsWithTheDeveloper) {
  const Ticket crash = app.logs(report("app_crashes", "It closes when I open the statement."));
  EXPECT_EQ(story.state_of(crash), "To Do");
  EXPECT_EQ(story.customer_sees(crash), "Received");
  expect_refused(member.tries("assign", crash, {{"assignee", developer.id()}}), kWrongRole);
  expect_refused(member.tries("start", crash), kWrongRole);
  expect_refused(designer.tries("assign", crash, {{"assignee", designer.id()}}), kNotToBeSeen);
  expect_refused(developer.tries("start", crash), kWrongRole);
  story.expect_refusals(crash, everybody);

  developer.takes("assign", crash, {{"assignee", developer.id()}});
  expect_refused(colleague.tries("start", crash), kWrongRole);
  expect_refused(developer.tries("mark_resolved", crash, {{"resolution_code", "fixed"}, {"note", "Done"}}),
                 kWrongState);
  story.expect_refusals(crash, everybody);
  developer.takes("start", crash);
  EXPECT_EQ(story.customer_sees(crash), "In Progress");
  developer.writes("Which statement do you open?", crash);
  customer_writes("The one of October.", crash);
  expect_refused(app.tries("mark_invalid", crash, {{"as", "customer"}}), kWrongRole);
  expect_refused(developer.tries("mark_resolved", crash, {{"resolution_code", "fixed"}}), missing("/note"));
  story.expect_refusals(crash, everybody);

  developer.takes("mark_resolved", crash, {{"resolution_code", "fixed"}, {"note", "Fixed in 5.2.1"}});
  EXPECT_EQ(story.state_of(crash), "Resolved");
  EXPECT_EQ(story.customer_sees(crash), "Resolved");
  story.expect_refusals(crash, everybody);
  admin.takes("reopen", crash, {{"note", "5.2.1 crashes too"}});
  admin.takes("mark_resolved", crash, {{"resolution_code", "fixed"}, {"note", "Fixed in 5.2.2"}});
  EXPECT_THAT(story.public_history_of(crash),
              ElementsAre("state_changed", "commented", "commented", "closed", "state_changed", "reopened",
                          "state_changed", "closed", "state_changed"));

  const Ticket contrast = member.logs([] {
    json suggestion = report("hard_to_use", "The grey letters are too pale.");
    suggestion["kind"] = "suggestion";
    return suggestion;
  }());
  designer.takes("assign", contrast, {{"department", "app_developers"}, {"assignee", developer.id()}});
  expect_refused(designer.tries("assign", contrast, {{"assignee", designer.id()}}), kNotToBeSeen);
  expect_refused(developer.tries("mark_invalid", contrast, {{"note", "Settings has a high contrast"}}),
                 missing("/reason"));
  developer.takes("mark_invalid", contrast,
                  {{"reason", "no_fault"}, {"note", "Settings has a high contrast"}});
  EXPECT_EQ(story.state_of(contrast), "Invalid");
  EXPECT_EQ(story.customer_sees(contrast), "Resolved") << "customers know three statuses";
  story.expect_refusals(contrast, everybody);

  story.expect_every_step_taken();
  story.expect_told_as_in("fusion-ccm");
}

TEST_F(FusionCcm, ARolesTimeIsWatchedAndItsLeadsAreWrittenToAtAPercentageOfIt) {
  const Ticket crash = app.logs(report("app_crashes", "It closes when I open the statement."));
  developer.takes("assign", crash, {{"assignee", developer.id()}});
  const Ticket payment = app.logs(report("payment_failed", "Paid twice."));
  customer_writes("Is anybody there?", payment);  // which is no developer's answer
  story.reaches("2026-11-23T11:59:00.000Z");
  EXPECT_FALSE(story.has_told("lead-developers@quillpay.example")) << "120 of 150 minutes are 80 %";
  story.reaches("2026-11-23T12:01:00.000Z");
  story.reaches("2026-11-23T12:31:00.000Z");
  story.reaches("2026-11-24T10:01:00.000Z");
  EXPECT_EQ(story.facts_of(payment).contains("breached_at"), true);
  story.expect_told_as_in("fusion-ccm-times");
}

TEST_F(FusionCcm, MembersAreInvitedIntoAWorkspaceAndLeaveWhenNoComplaintIsTheirs) {
  const json workspace = {{"name", "Mobile app"}, {"departments", {"app_developers", "payments"}}};
  EXPECT_EQ(member.sends("PUT", "/api/v1/workspaces/mobile", workspace).status, 403);
  ASSERT_EQ(admin.sends("PUT", "/api/v1/workspaces/mobile", workspace).status, 200);
  const json wish = {{"addresses", {"ana@quillpay.example", "ben@quillpay.example"}},
                     {"role", "developer"},
                     {"workspace", "mobile"}};
  EXPECT_EQ(designer.sends("POST", "/api/v1/invitations", wish).status, 403);
  const Answer invited = admin.sends("POST", "/api/v1/invitations", wish);
  ASSERT_EQ(invited.status, 200) << invited.response.body;
  ASSERT_EQ(invited.json["invitations"].size(), 2U);
  const json acceptance = {{"token", invited.json["invitations"][0]["token"]},
                           {"name", "Ana Lind"},
                           {"password", "correct horse battery"}};
  ASSERT_EQ(app.sends("POST", "/api/v1/invitations/accept", acceptance).status, 201);
  std::string ana;
  const Answer members = admin.get("/api/v1/users?members=true");
  for (const json& user : members.json["users"]) {
    if (user["login"] == "ana@quillpay.example") ana = user["id"];
  }
  ASSERT_FALSE(ana.empty()) << members.response.body;

  const Ticket crash = app.logs(report("app_crashes", "It closes when I open the statement."));
  developer.takes("assign", crash, {{"assignee", ana}});
  EXPECT_EQ(designer.sends("DELETE", "/api/v1/users/" + ana).status, 403) << "only admins remove members";
  const Answer refused = admin.sends("DELETE", "/api/v1/users/" + ana);
  EXPECT_EQ(refused.code(), "has_active_tickets");
  EXPECT_NE(refused.response.body.find(crash.code), std::string::npos) << refused.response.body;
  const Answer moved = admin.sends("POST", "/api/v1/users/" + ana + "/reassign",
                                   {{"to", colleague.id()}, {"reason", "Ana leaves the team"}});
  EXPECT_EQ(moved.json["moved"], json{crash.code}) << moved.response.body;
  EXPECT_EQ(admin.sends("DELETE", "/api/v1/users/" + ana).status, 204);
  EXPECT_EQ(story.facts_of(crash)["assignee"]["id"], colleague.id());

  EXPECT_EQ(member.get("/api/v1/audit").status, 403);
  std::vector<std::string> did;
  const Answer audit = admin.get("/api/v1/audit");
  for (const json& entry : audit.json["entries"]) did.push_back(entry["action"]);
  EXPECT_THAT(did, ElementsAre("user.removed", "user.tickets_reassigned", "user.joined", "user.invited",
                               "user.invited", "workspace.saved"));
}

TEST_F(FusionCcm, EachRoleCreatesAndSeesWhatItsPermissionsSay) {
  const json request = report("app_crashes", "It closes.");
  EXPECT_EQ(developer.tries_to_log(request).status, 403);
  EXPECT_EQ(designer.tries_to_log(request).status, 403);
  EXPECT_EQ(member.tries_to_log(request).status, 201);
  EXPECT_EQ(admin.tries_to_log(request).status, 201);
  EXPECT_EQ(member.finds(""), 2);
  EXPECT_EQ(developer.finds(""), 2);
  EXPECT_EQ(designer.finds(""), 0);
  EXPECT_EQ(member.finds("custom.account_number=4400128871"), 2);
  EXPECT_EQ(admin.get("/api/v1/settings/versions").status, 200);
  EXPECT_EQ(member.get("/api/v1/settings/versions").status, 403);
  json incomplete = request;
  incomplete["ticket"]["custom"].erase("account_number");
  expect_refused(member.tries_to_log(incomplete), {422, "missing_field", "/ticket/custom/account_number"});
}

}  // namespace
}  // namespace ccms::test
