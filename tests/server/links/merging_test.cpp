#include <gmock/gmock.h>

#include <algorithm>
#include <thread>

#include "core/domain/ticket_code.h"
#include "tests/server/links/links_fixture.h"
#include "tests/server/support/due_tickets.h"

namespace ccms::test {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

class MergingTest : public LinksFixture {
 protected:
  static server::Instant at(const char* rfc3339) { return domain::parse_rfc3339(rfc3339).value(); }
  /// What was written to anybody about a ticket on an occasion.
  std::vector<json> messages(const json& known, const std::string& on) {
    return server.messages_about(known, on);
  }
  static bool has_pending(const std::vector<json>& found) {
    return std::any_of(found.begin(), found.end(),
                       [](const json& message) { return message["state"] == "pending"; });
  }
  static std::string shown(const json& ticket) {
    return domain::TicketCode::parse(code_of(ticket)).value().display();
  }
  void go_to(const char* rfc3339) { server.clock().advance(at(rfc3339) - server.clock().now()); }
};

TEST_P(MergingTest, TheCodeOfAMergedTicketLeadsToTheOneThatAnswersForIt) {
  const json into = create();
  const json twin = create();
  const Answer answer = merge(twin, into, {{"accept_later_deadline", true}});
  ASSERT_EQ(answer.status, 200) << answer.response.body;
  EXPECT_EQ(answer.json["ticket"]["ticket_id"], twin["ticket_id"]);
  EXPECT_EQ(answer.json["ticket"]["merged"], true);
  EXPECT_EQ(answer.json["ticket"]["links"]["merged_into"]["code"], into["code"]);

  const Answer led = server.get(server.hq(), by_code(twin));
  EXPECT_EQ(led.json["ticket"]["ticket_id"], into["ticket_id"]);
  EXPECT_EQ(led.json["redirected_from"], twin["code"]);
  EXPECT_EQ(led.header("ETag"), server.get(server.hq(), address(into)).header("ETag"));
  EXPECT_FALSE(server.get(server.hq(), by_code(into)).json.contains("redirected_from"));
  EXPECT_EQ(server.get(server.hq(), address(twin)).json["ticket"]["ticket_id"], twin["ticket_id"])
      << "its id shows the ticket itself";
  EXPECT_EQ(codes_of(ticket(into)["links"]["merged"]), std::vector<std::string>{code_of(twin)});
  EXPECT_EQ(events(twin, "merged")[0]["role"], "into");
  EXPECT_EQ(events(into, "merged")[0]["role"], "from");
  EXPECT_EQ(events(into, "merged")[0]["note"], "The same complaint");
}

TEST_P(MergingTest, ItsCustomerIsToldWhereItGoesOn) {
  const json into = create();
  const json twin = create();
  merged(twin, into);
  const auto told = messages(twin, "merged");
  ASSERT_FALSE(told.empty());
  for (const json& message : told) {
    EXPECT_EQ(message["audience"], "customer");
    EXPECT_THAT(message["text"].get<std::string>(), HasSubstr(shown(into))) << message;
    EXPECT_THAT(message["text"].get<std::string>(), HasSubstr(shown(twin))) << message;
  }
  EXPECT_TRUE(messages(into, "merged").empty()) << "for that ticket nothing changes";
}

TEST_P(MergingTest, NobodyIsToldTheCodeOfAnothersTicket) {
  const json into = create_of_other_customer();
  const json twin = create();
  ASSERT_EQ(merge(twin, into, {{"accept_later_deadline", true}, {"accept_other_customer", true}}).status,
            200);
  EXPECT_TRUE(messages(twin, "merged").empty());
}

TEST_P(MergingTest, NobodyIsToldOfAConfidentialTicketNorOfOneThatIsOver) {
  const json secret = create_confidential();
  const json open = create();
  merged(open, secret);
  EXPECT_TRUE(messages(open, "merged").empty()) << "its messages are read by who may not know of that one";

  const json into = create();
  const json twin = create();
  for (const json& ticket : {into, twin}) {
    ASSERT_EQ(server.post(server.hq(), address(ticket, "/actions"), {{"action", "start"}}).status, 200);
    ASSERT_EQ(server
                  .post(server.hq(), address(ticket, "/actions"),
                        {{"action", "close"}, {"resolution_code", "informed"}, {"note", "Done"}})
                  .status,
              200);
  }
  merged(twin, into);
  EXPECT_TRUE(messages(twin, "merged").empty());
}

TEST_P(MergingTest, UndoneBeforeItIsSaidItIsNotSaid) {
  const json into = create();
  const json twin = create();
  merged(twin, into);
  ASSERT_EQ(undo(twin).status, 200);
  for (const json& message : messages(twin, "merged")) EXPECT_EQ(message["state"], "cancelled") << message;
  merged(twin, into);
  EXPECT_TRUE(has_pending(messages(twin, "merged"))) << "merged again, said again";
}

TEST_P(MergingTest, AMergedTicketIsInNoListButItsOwn) {
  const json into = create();
  const json twin = create();
  merged(twin, into);
  EXPECT_EQ(listed(""), std::vector<std::string>{code_of(into)});
  EXPECT_EQ(listed("merged=true"), std::vector<std::string>{code_of(twin)});
  EXPECT_EQ(listed("code=" + code_of(twin)), std::vector<std::string>{code_of(into)});
  EXPECT_EQ(server.get(server.hq(), "/api/v1/stats").json["tickets"]["total"], 1);
}

TEST_P(MergingTest, NothingCanBeDoneWithAMergedTicketAndTheAnswerNamesTheOther) {
  const json into = create();
  const json twin = create();
  const json third = create();
  merged(twin, into);
  EXPECT_EQ(ticket(twin)["actions"], json::array());
  const auto refused = [&](const Answer& answer, const std::string& field) {
    EXPECT_EQ(answer.status, 409) << answer.response.body;
    EXPECT_EQ(answer.code(), "ticket_merged");
    EXPECT_EQ(answer.field(), field);
    EXPECT_EQ(answer.json["merged_into"], into["code"]);
  };
  refused(server.post(server.hq(), address(twin, "/actions"), {{"action", "start"}}), "");
  refused(server.post(server.hq(), by_code(twin, "/actions"), {{"action", "start"}}), "");
  refused(server.post(server.hq(), address(twin, "/comments"), {{"text", "Hello"}}), "");
  refused(merge(twin, third), "");
  refused(merge(third, twin), "/into");
  refused(link(third, "related", twin), "/ticket");
  EXPECT_EQ(events(into, "commented").size(), 0U) << "who changes a ticket by its code means that one";
}

TEST_P(MergingTest, ItsClocksStopAndWhatWasMissedStaysMissed) {
  go_to("2026-11-23T09:00:00.000Z");
  const json into = create();
  const json twin = create();
  go_to("2026-11-25T09:00:00.000Z");
  merged(twin, into);
  const json now = ticket(twin);
  for (const char* clock : {"answer_by", "first_response_by", "next_deadline_at", "due_soon_at"})
    EXPECT_FALSE(now.contains(clock)) << clock;
  EXPECT_EQ(now["breached_at"], "2026-11-24T17:00:00.000Z");
  EXPECT_EQ(ticket(into)["answer_by"], into["answer_by"]) << "the other one keeps its own";
  EXPECT_EQ(server.count("SELECT COUNT(*) FROM ticket_timers WHERE ticket_id = ?",
                         {twin["ticket_id"].get<std::string>()}),
            0);
  go_to("2026-12-23T09:00:00.000Z");
  look_at_due_tickets(server);
  EXPECT_EQ(events(twin, "breached").size(), 1U);
}

TEST_P(MergingTest, UndoneItIsWhatItWasAndTheTimeBetweenCounts) {
  go_to("2026-11-23T09:00:00.000Z");
  const json into = create();
  const json twin = create();
  ASSERT_EQ(server.post(server.hq(), address(twin, "/actions"), {{"action", "start"}}).status, 200);
  const json before = ticket(twin);
  merged(twin, into);
  go_to("2026-11-24T09:00:00.000Z");
  const Answer undone = undo(twin);
  ASSERT_EQ(undone.status, 200) << undone.response.body;
  json after = ticket(twin);
  for (const char* moved : {"version", "updated_at"}) after[moved] = before[moved];
  EXPECT_EQ(after, before);
  EXPECT_EQ(server.count("SELECT COUNT(*) FROM ticket_timers"), 2);
  const Answer own = server.get(server.hq(), by_code(twin));
  EXPECT_EQ(own.json["ticket"]["ticket_id"], twin["ticket_id"]);
  EXPECT_FALSE(own.json.contains("redirected_from"));
  EXPECT_EQ(events(twin, "unmerged")[0]["note"], "Not the same after all");
  EXPECT_EQ(events(into, "unmerged")[0]["role"], "from");
  EXPECT_EQ(undo(twin).code(), "not_merged");
  EXPECT_EQ(server.post(server.hq(), address(twin, "/actions"), {{"action", "ready"}}).status, 200);
}

TEST_P(MergingTest, ADeadlineThatPassedMeanwhileWasMissed) {
  go_to("2026-11-23T09:00:00.000Z");
  const json into = create();
  const json twin = create();
  merged(twin, into);
  go_to("2026-12-23T09:00:00.000Z");
  ASSERT_EQ(undo(twin).status, 200);
  EXPECT_EQ(ticket(twin)["breached_at"], "2026-11-24T17:00:00.000Z");
}

TEST_P(MergingTest, MergesCanBeUndoneInAnyOrder) {
  const json last = create();
  const json middle = create();
  const json first = create();
  merged(first, middle);
  merged(middle, last);
  const auto leads_to = [&](const json& ticket) {
    return server.get(server.hq(), by_code(ticket)).json["ticket"]["code"].get<std::string>();
  };
  EXPECT_EQ(leads_to(first), code_of(last));
  ASSERT_EQ(undo(middle).status, 200);
  EXPECT_EQ(leads_to(first), code_of(middle));
  EXPECT_EQ(leads_to(middle), code_of(middle));
  merged(middle, last);
  ASSERT_EQ(undo(first).status, 200);
  EXPECT_EQ(leads_to(first), code_of(first));
  EXPECT_EQ(leads_to(middle), code_of(last));
  ASSERT_EQ(undo(middle).status, 200);
  EXPECT_EQ(server.count("SELECT COUNT(*) FROM ticket_codes WHERE is_alias = 1 OR merged_from IS NOT NULL"),
            0);
}

TEST_P(MergingTest, WhatCannotBeMergedSaysWhy) {
  const json one = create();
  const json confidential = create_confidential();
  const json stranger = create_of_other_customer();
  EXPECT_EQ(merge(one, one).code(), "same_ticket");
  EXPECT_EQ(merge(one, one).field(), "/into");
  EXPECT_EQ(merge(confidential, one).code(), "would_leak");
  EXPECT_EQ(merge(confidential, one).field(), "/into");
  const Answer other_customer = merge(stranger, one, {{"accept_later_deadline", true}});
  EXPECT_EQ(other_customer.status, 409);
  EXPECT_EQ(other_customer.code(), "other_customer");
  EXPECT_EQ(merge(one, create(), {{"note", ""}}).field(), "/note");
  const json parent = create();
  link(create(), "parent", parent);
  EXPECT_EQ(merge(parent, one).code(), "has_children");
  EXPECT_EQ(merge(stranger, one, {{"accept_other_customer", true}, {"accept_later_deadline", true}}).status,
            200);
  EXPECT_EQ(events(stranger, "merged")[0]["accepted_other_customer"], true);
}

TEST_P(MergingTest, AnEarlierDeadlineIsNotTradedForALaterOneUnnoticed) {
  go_to("2026-11-23T09:00:00.000Z");
  const json older = create();
  go_to("2026-11-24T09:00:00.000Z");
  const json younger = create();
  ASSERT_LT(older["answer_by"], younger["answer_by"]);
  const Answer refused = merge(older, younger);
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.code(), "later_deadline");
  EXPECT_EQ(refused.field(), "/into");
  EXPECT_EQ(merge(younger, older).status, 200);
}

TEST_P(MergingTest, NorForNoneAtAll) {
  const json one = create();
  const json other = create();
  server.post(server.hq(), address(other, "/actions"), {{"action", "ready"}});  // its clock stands still
  ASSERT_TRUE(one.contains("answer_by"));
  ASSERT_FALSE(ticket(other).contains("answer_by"));
  EXPECT_EQ(merge(one, other).code(), "later_deadline");
  EXPECT_EQ(merge(one, other, {{"accept_later_deadline", true}}).status, 200);
}

TEST_P(MergingTest, AnOpenTicketDoesNotVanishInAFinishedOne) {
  const json one = create();
  const json done = create();
  for (const json& action :
       {json{{"action", "start"}},
        json{{"action", "close"}, {"resolution_code", "repaired"}, {"note", "New motor"}}})
    ASSERT_EQ(server.post(server.hq(), address(done, "/actions"), action).status, 200);
  const Answer refused = merge(one, done, {{"accept_later_deadline", true}});
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.code(), "into_finished");
  EXPECT_EQ(refused.field(), "/into");
  EXPECT_EQ(merge(done, one).status, 200) << "the other way round nothing is forgotten";
}

TEST_P(MergingTest, ATicketOutOfSightIsOneThatDoesNotExist) {
  const json mine = create();
  const json theirs = create({{"ticket",
                               {{"category", "wrong_price"},
                                {"custom", {{"amount_disputed", {{"amount", 300}, {"currency", "EUR"}}}}}}}});
  const Caller staff = server.staff_of(mine["department"].get<std::string>());
  const json request = {{"into", code_of(theirs)}, {"note", "n"}};
  EXPECT_EQ(server.post(staff, address(mine, "/merge"), request).status, 404);
  merged(mine, theirs);
  const Answer led = server.get(staff, by_code(mine));
  EXPECT_EQ(led.json["ticket"]["ticket_id"], mine["ticket_id"]) << "who may not see the other one sees this";
  EXPECT_EQ(led.json["ticket"]["merged"], true);
  EXPECT_EQ(led.response.body.find(code_of(theirs)), std::string::npos);
  const Answer refused = server.post(staff, address(mine, "/comments"), {{"text", "Hello"}});
  EXPECT_EQ(refused.code(), "ticket_merged");
  EXPECT_EQ(refused.response.body.find(code_of(theirs)), std::string::npos);
  EXPECT_EQ(server.post(staff, address(mine, "/merge/undo"), {{"note", "n"}}).status, 404);
}

TEST_P(MergingTest, StaffAreNotToldOfAMergedTicketAndWhatTheCustomerIsToldStays) {
  const json into = create();
  const json twin = create();
  merged(twin, into);
  std::size_t to_customer = 0;
  for (const json& message : server.get(server.hq(), address(twin, "/notifications")).json) {
    EXPECT_NE(message["state"], "cancelled") << message;
    to_customer += message["audience"] == "customer" ? 1 : 0;
  }
  EXPECT_GT(to_customer, 0U);
}

TEST_P(MergingTest, OfTwoMergesAtOnceOneWins) {
  const json twin = create();
  const json into[] = {create(), create(), create()};
  const Caller caller = server.hq();
  std::vector<int> statuses(3);
  std::vector<std::thread> people;
  for (std::size_t i = 0; i < statuses.size(); ++i)
    people.emplace_back([&, i] {
      const json request = {{"into", code_of(into[i])}, {"note", "n"}, {"accept_later_deadline", true}};
      statuses[i] = server.post(caller, address(twin, "/merge"), request).status;
    });
  for (std::thread& person : people) person.join();
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 200), 1);
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 409), 2);
  EXPECT_EQ(events(twin, "merged").size(), 1U);
}

TEST_P(MergingTest, TwoThatAreMergedIntoEachOtherEndAsOne) {
  const json one = create();
  const json other = create();
  const Caller caller = server.hq();
  std::vector<int> statuses(2);
  const auto into = [&](const json& ticket, const json& target, int& status) {
    const json request = {{"into", code_of(target)}, {"note", "n"}, {"accept_later_deadline", true}};
    status = server.post(caller, address(ticket, "/merge"), request).status;
  };
  std::thread first([&] { into(one, other, statuses[0]); });
  std::thread second([&] { into(other, one, statuses[1]); });
  first.join();
  second.join();
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 200), 1);
  EXPECT_EQ(server.count("SELECT COUNT(*) FROM tickets WHERE merged_into IS NOT NULL"), 1);
}

TEST_P(MergingTest, WhoActsWhileItIsMergedActsBeforeOrNotAtAll) {
  const json into = create();
  const json twin = create();
  const Caller caller = server.hq();
  std::vector<int> statuses(6);
  std::vector<std::thread> people;
  for (std::size_t i = 0; i < statuses.size(); ++i)
    people.emplace_back([&, i] {
      if (i == 2) {
        const json request = {{"into", code_of(into)}, {"note", "n"}, {"accept_later_deadline", true}};
        statuses[i] = server.post(caller, address(twin, "/merge"), request).status;
      } else {
        statuses[i] = server.post(caller, address(twin, "/comments"), {{"text", "Hello"}}).status;
      }
    });
  for (std::thread& person : people) person.join();
  EXPECT_EQ(statuses[2], 200);
  const auto said = std::count(statuses.begin(), statuses.end(), 201);
  EXPECT_EQ(said + std::count(statuses.begin(), statuses.end(), 409), 5);
  std::vector<std::string> types;
  const Answer history = server.get(caller, address(twin, "/history"));
  for (const json& event : history.json["events"]) types.push_back(event["type"]);
  EXPECT_EQ(types.back(), "merged") << "nothing comes after it";
  EXPECT_EQ(std::count(types.begin(), types.end(), "commented"), said);
}

TEST_P(MergingTest, AMergeIsDoneOnceAndNotOnAStaleTicket) {
  const json into = create();
  const json twin = create();
  const json more = {{"accept_later_deadline", true}};
  EXPECT_EQ(merge(twin, into, more, {{"If-Match", "\"0\""}}).status, 412);
  const Answer first = merge(twin, into, more, {{"Idempotency-Key", "k"}});
  const Answer again = merge(twin, into, more, {{"Idempotency-Key", "k"}});
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(again.json, first.json);
  EXPECT_EQ(events(into, "merged").size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Databases, MergingTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
