#include "tests/server/deadlines/deadlines_fixture.h"

namespace ccms::test {
namespace {

using nlohmann::json;

class AbsencesTest : public DeadlinesFixture {
 protected:
  Answer put(const Caller& caller, const std::string& login, const json& absences) {
    return server.call(caller, "PUT", of(login), json{{"absences", absences}}.dump());
  }
  std::string of(const std::string& login) {
    return "/api/v1/users/" + server.user_id_of(login) + "/absences";
  }
  void with_mail(const std::string& login, std::vector<server::RoleGrant> roles) {
    server.sign_in_as(login, std::move(roles));
    server.database().writer()->execute("UPDATE users SET email = ? WHERE login = ?",
                                        {login + "@nordmarkt.example", login});
  }
  std::vector<std::string> told(const json& made) {
    std::vector<std::string> names;
    for (const auto& message : messages(made, "escalated")) names.push_back(message["to"]);
    return names;
  }

  const Caller care = server.staff_of("customer_care");
  const json december = {{"from", "2026-12-01T00:00:00.000Z"}, {"until", "2026-12-08T00:00:00.000Z"}};
  const json advent = {{"from", "2026-12-20T00:00:00.000Z"}, {"until", "2027-01-04T00:00:00.000Z"}};
};

TEST_P(AbsencesTest, SomebodySaysTheirOwnAndReadsThemByBeginning) {
  server.staff_of("repairs");
  json covered = advent;
  covered["cover"] = server.user_id_of("staff-repairs");
  const Answer said = put(care, "staff-customer_care", json::array({covered, december}));
  ASSERT_EQ(said.status, 200) << said.response.body;
  EXPECT_EQ(said.json["absences"], json::array({december, covered}));
  EXPECT_EQ(server.get(care, of("staff-customer_care")).json, said.json);
  EXPECT_EQ(put(care, "staff-customer_care", json::array()).json["absences"], json::array());
}

TEST_P(AbsencesTest, OthersNeedTheRightToChangePeople) {
  const Caller repairs = server.staff_of("repairs");
  EXPECT_EQ(put(repairs, "staff-customer_care", json::array({december})).status, 403);
  EXPECT_EQ(server.get(repairs, of("staff-customer_care")).status, 403);
  EXPECT_EQ(put(server.hq(), "staff-customer_care", json::array({december})).status, 200);
  EXPECT_EQ(server.get(server.hq(), "/api/v1/users/0192f3a0-0000-7000-8000-000000000000/absences").status,
            404);
}

TEST_P(AbsencesTest, WhatIsWrongIsNamed) {
  const auto field = [&](const json& absences) {
    const Answer answer = put(care, "staff-customer_care", absences);
    EXPECT_EQ(answer.status, 422) << answer.response.body;
    return answer.field();
  };
  const auto with = [&](const char* member, const json& value) {
    json absence = december;
    absence[member] = value;
    return json::array({advent, absence});
  };
  EXPECT_EQ(field(with("from", "Tuesday")), "/absences/1/from");
  EXPECT_EQ(field(with("until", december["from"])), "/absences/1/until");
  EXPECT_EQ(field(with("cover", "nobody")), "/absences/1/cover");
  EXPECT_EQ(field(with("cover", server.user_id_of("staff-customer_care"))), "/absences/1/cover");
  EXPECT_EQ(field(with("why", "ski")), "/absences/1/why");
  EXPECT_EQ(field(json::array({december, december})), "/absences/1");
  EXPECT_EQ(field("never"), "/absences");
  EXPECT_EQ(server.get(care, of("staff-customer_care")).json["absences"], json::array());
}

TEST_P(AbsencesTest, AStepTellsWhoCoversForSomebodyAway) {
  with_mail("staff-customer_care", {{"department_staff", "customer_care"}});
  with_mail("head", {{"hq", ""}});
  go_to("2026-11-23T09:00:00.000Z");
  const json away = {{"from", "2026-11-24T00:00:00.000Z"},
                     {"until", "2026-12-01T00:00:00.000Z"},
                     {"cover", server.user_id_of("head")}};
  ASSERT_EQ(put(server.hq(), "staff-customer_care", json::array({away})).status, 200);
  const json made = create();
  act(made, {{"action", "start"}});
  go_to("2026-11-27T16:00:00.000Z");
  look();
  EXPECT_EQ(told(made), std::vector<std::string>{"h•••@nordmarkt.example"}) << "masked";
}

TEST_P(AbsencesTest, ACoverWhoDoesNotSeeTheTicketIsNotTold) {
  with_mail("staff-customer_care", {{"department_staff", "customer_care"}});
  with_mail("staff-repairs", {{"department_staff", "repairs"}});
  go_to("2026-11-23T09:00:00.000Z");
  const json away = {{"from", "2026-11-24T00:00:00.000Z"},
                     {"until", "2026-12-01T00:00:00.000Z"},
                     {"cover", server.user_id_of("staff-repairs")}};
  ASSERT_EQ(put(server.hq(), "staff-customer_care", json::array({away})).status, 200);
  const json made = create();
  act(made, {{"action", "start"}});
  go_to("2026-11-27T16:00:00.000Z");
  look();
  EXPECT_EQ(told(made), std::vector<std::string>{});
  EXPECT_EQ(events(made, "escalated").at(0)["nobody_in"], json::array({"department_staff"}));
}

INSTANTIATE_TEST_SUITE_P(Databases, AbsencesTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
