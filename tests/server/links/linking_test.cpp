#include <algorithm>
#include <thread>

#include "tests/server/links/links_fixture.h"

namespace ccms::test {
namespace {

using nlohmann::json;

class LinkingTest : public LinksFixture {};

TEST_P(LinkingTest, ACaseShowsItsChildrenAndEachChildItsCase) {
  const json lorry = create();
  const json first = create();
  const json second = create_of_other_customer();
  ASSERT_EQ(link(first, "parent", lorry).status, 201);
  const Answer answer = link(second, "parent", lorry);
  ASSERT_EQ(answer.status, 201) << answer.response.body;
  EXPECT_EQ(answer.json["ticket"]["links"]["parent"]["code"], lorry["code"]);
  const json children = ticket(lorry)["links"]["children"];
  EXPECT_EQ(children["count"], 2);
  EXPECT_EQ(children["open"], 2);
  EXPECT_EQ(codes_of(children["tickets"]), (std::vector<std::string>{code_of(second), code_of(first)}));
  EXPECT_EQ(listed("parent=" + code_of(lorry)), (std::vector<std::string>{code_of(first), code_of(second)}));
  EXPECT_EQ(events(first, "linked")[0]["kind"], "parent");
  EXPECT_EQ(events(lorry, "linked")[0]["kind"], "child");
  EXPECT_EQ(events(lorry, "linked")[0]["ticket"]["code"], first["code"]);
}

TEST_P(LinkingTest, ClosingACaseLeavesItsChildrenOpenAndSaysHowManyAre) {
  const json lorry = create();
  const json done = create();
  const json open = create();
  link(done, "parent", lorry);
  link(open, "parent", lorry);
  const json close = {{"action", "close"}, {"resolution_code", "informed"}, {"note", "Explained"}};
  for (const json& closed : {done, lorry}) {
    ASSERT_EQ(server.post(server.hq(), address(closed, "/actions"), {{"action", "start"}}).status, 200);
    ASSERT_EQ(server.post(server.hq(), address(closed, "/actions"), close).status, 200);
  }
  EXPECT_EQ(ticket(lorry)["state"]["type"], "closed");
  EXPECT_EQ(ticket(lorry)["links"]["children"]["open"], 1);
  EXPECT_EQ(ticket(open)["state"]["type"], open["state"]["type"]);
}

TEST_P(LinkingTest, RelatedTicketsKnowOfEachOther) {
  const json one = create();
  const json other = create_of_other_customer();
  ASSERT_EQ(link(other, "related", one).status, 201);
  EXPECT_EQ(codes_of(ticket(one)["links"]["related"]), std::vector<std::string>{code_of(other)});
  EXPECT_EQ(codes_of(ticket(other)["links"]["related"]), std::vector<std::string>{code_of(one)});
  EXPECT_EQ(link(one, "related", other).code(), "already_linked");
  ASSERT_EQ(unlink(one, "related", other).status, 200) << "from either side";
  EXPECT_EQ(ticket(other)["links"]["related"], json::array());
  EXPECT_EQ(events(other, "unlinked").size(), 1U);
  EXPECT_EQ(unlink(one, "related", other).code(), "not_linked");
}

TEST_P(LinkingTest, ACaseHasOneLevelAndAChildOneCase) {
  const json lorry = create();
  const json child = create();
  const json third = create();
  ASSERT_EQ(link(child, "parent", lorry).status, 201);
  EXPECT_EQ(link(child, "parent", lorry).code(), "already_linked");
  EXPECT_EQ(link(child, "parent", third).code(), "has_parent");
  EXPECT_EQ(link(lorry, "parent", child).code(), "circle");
  EXPECT_EQ(link(lorry, "parent", child).field(), "/ticket");
  EXPECT_EQ(link(third, "parent", child).code(), "parent_is_child");
  EXPECT_EQ(link(lorry, "parent", third).code(), "has_children");
  ASSERT_EQ(unlink(child, "parent", lorry).status, 200);
  EXPECT_EQ(link(child, "parent", third).status, 201);
}

TEST_P(LinkingTest, WhatCannotBeLinkedSaysWhy) {
  const json one = create();
  json practice = create();
  server.database().writer()->execute("UPDATE tickets SET training = 1 WHERE ticket_id = ?",
                                      {practice["ticket_id"].get<std::string>()});
  const json withdrawn = create();
  server.database().writer()->execute("UPDATE tickets SET withdrawn = 1 WHERE ticket_id = ?",
                                      {withdrawn["ticket_id"].get<std::string>()});
  EXPECT_EQ(link(one, "related", one).code(), "same_ticket");
  EXPECT_EQ(link(one, "related", one).field(), "/ticket");
  EXPECT_EQ(link(one, "related", practice).code(), "training_differs");
  EXPECT_EQ(link(one, "parent", withdrawn).code(), "ticket_withdrawn");
  EXPECT_EQ(link(one, "parent", withdrawn).field(), "/ticket");
  EXPECT_EQ(link(withdrawn, "parent", one).field(), "");
  EXPECT_EQ(link(one, "twin", practice).field(), "/kind");
  const Answer unknown =
      server.post(server.hq(), address(one, "/links"), {{"kind", "related"}, {"ticket", "0000-0000-0000"}});
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(unknown.field(), "/ticket");
  EXPECT_EQ(ticket(one)["version"], one["version"]) << "nothing was written";
}

TEST_P(LinkingTest, ATicketOutOfSightIsOneThatDoesNotExist) {
  const json mine = create();
  const json theirs = create({{"ticket",
                               {{"category", "wrong_price"},
                                {"custom", {{"amount_disputed", {{"amount", 300}, {"currency", "EUR"}}}}}}}});
  ASSERT_NE(mine["department"], theirs["department"]);
  const Caller staff = server.staff_of(mine["department"].get<std::string>());
  const auto try_link = [&](const std::string& other) {
    return server.post(staff, address(mine, "/links"), {{"kind", "related"}, {"ticket", other}});
  };
  const Answer hidden = try_link(code_of(theirs));
  const Answer missing = try_link("0000-0000-0000");
  EXPECT_EQ(hidden.status, 404);
  json a = hidden.json;
  json b = missing.json;
  a.erase("request_id");
  b.erase("request_id");
  EXPECT_EQ(a, b);
  ASSERT_EQ(link(theirs, "parent", mine).status, 201);
  ASSERT_EQ(link(mine, "related", theirs).status, 201);
  const json seen = server.get(staff, address(mine)).json["ticket"]["links"];
  EXPECT_EQ(seen["children"]["count"], 0);
  EXPECT_EQ(seen["related"], json::array());
  const Answer history = server.get(staff, address(mine, "/history"));
  EXPECT_EQ(history.response.body.find(code_of(theirs)), std::string::npos);
  EXPECT_EQ(events_seen_by(staff, mine, "linked").size(), 2U) << "that something was linked is no secret";
}

TEST_P(LinkingTest, AParentOutOfSightFindsNoChildren) {
  const json hidden = create({{"ticket",
                               {{"category", "wrong_price"},
                                {"custom", {{"amount_disputed", {{"amount", 300}, {"currency", "EUR"}}}}}}}});
  const json mine = create();
  ASSERT_EQ(link(mine, "parent", hidden).status, 201);
  const Caller staff = server.staff_of(mine["department"].get<std::string>());
  EXPECT_EQ(server.get(staff, "/api/v1/tickets?parent=" + code_of(hidden)).json["count"], 0);
  EXPECT_EQ(server.get(server.hq(), "/api/v1/tickets?parent=nonsense").field(), "/parent");
}

TEST_P(LinkingTest, OnlyWhoWorksOnBothTicketsLinksThem) {
  const json one = create();
  const json other = create();
  const Answer answer = server.post(server.manager_of("S001"), address(one, "/links"),
                                    {{"kind", "related"}, {"ticket", code_of(other)}});
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.code(), "role_not_allowed");
}

TEST_P(LinkingTest, ALinkIsMadeOnceAndNotOnAStaleTicket) {
  const json one = create();
  const json other = create();
  const json request = {{"kind", "related"}, {"ticket", code_of(other)}};
  const Caller caller = server.hq();
  EXPECT_EQ(server.post(caller, address(one, "/links"), request, {{"If-Match", "\"0\""}}).status, 412);
  EXPECT_EQ(server.post(caller, address(one, "/links"), request, {{"Idempotency-Key", "k"}}).status, 201);
  EXPECT_EQ(server.post(caller, address(one, "/links"), request, {{"Idempotency-Key", "k"}}).status, 201);
  EXPECT_EQ(events(one, "linked").size(), 1U);
}

TEST_P(LinkingTest, TwoWhoMakeEachTheOthersParentMakeNoCircle) {
  const json one = create();
  const json other = create();
  const Caller caller = server.hq();
  std::vector<int> statuses(2);
  std::thread first([&] {
    statuses[0] =
        server.post(caller, address(one, "/links"), {{"kind", "parent"}, {"ticket", code_of(other)}}).status;
  });
  std::thread second([&] {
    statuses[1] =
        server.post(caller, address(other, "/links"), {{"kind", "parent"}, {"ticket", code_of(one)}}).status;
  });
  first.join();
  second.join();
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 201), 1);
  EXPECT_EQ(server.count("SELECT COUNT(*) FROM ticket_links"), 1);
}

INSTANTIATE_TEST_SUITE_P(Databases, LinkingTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
