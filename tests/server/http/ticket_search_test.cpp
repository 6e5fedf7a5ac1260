#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>

#include "core/db/transaction.h"
#include "core/domain/time.h"
#include "tests/server/support/staff_server.h"

namespace ccms::test {
namespace {

using nlohmann::json;

class TicketSearchTest : public OnBothDatabases {
 protected:
  std::string make(const std::function<void(json&)>& change) {
    json request = StaffServer::ticket_request();
    change(request);
    server.clock().advance(std::chrono::minutes(1));
    return server.create_ticket(request)["ticket_id"];
  }

  std::set<std::string> found(const std::string& query) {
    const Answer answer = server.get(server.hq(), "/api/v1/tickets?" + query);
    EXPECT_EQ(answer.status, 200) << answer.response.body;
    std::set<std::string> ids;
    for (const json& row : answer.json["tickets"]) ids.insert(row["ticket_id"]);
    EXPECT_EQ(answer.json["count"], ids.size()) << query;
    return ids;
  }

  using Ids = std::set<std::string>;
};

TEST_P(TicketSearchTest, EveryFilterAndTheirCombinations) {
  const std::string drill = make([](json& r) { r["ticket"]["custom"] = {{"serial_number", "AB-77"}}; });
  const std::string milk = make([](json& r) {
    r["store"] = "S002";
    r["ticket"]["category"] = "spoiled_food";
    r["ticket"]["details"] = "Sour 100% milk_2, Straße";
    r["ticket"]["custom"] = {{"felt_unwell", true}};
    r["complainant"] = {{"kind", "contact"}, {"name", "Ben Okafor"}, {"mobile", "+44 20 7946 0958"}};
  });
  const std::string idea = make([](json& r) {
    r["kind"] = "suggestion";
    r["ticket"]["category"] = "assortment";
    r["ticket"]["details"] = "请增加素食";
    r["complainant"] = {{"kind", "anonymous"}};
  });

  EXPECT_EQ(found(""), (Ids{drill, milk, idea}));
  EXPECT_EQ(found("status=open"), (Ids{drill, milk, idea}));
  EXPECT_EQ(found("status=closed"), Ids{});
  EXPECT_EQ(found("department=repairs"), Ids{drill});
  EXPECT_EQ(found("department=repairs&department=food_quality"), (Ids{drill, milk}));
  EXPECT_EQ(found("priority=urgent"), Ids{milk});
  EXPECT_EQ(found("category=assortment"), Ids{idea});
  EXPECT_EQ(found("kind=suggestion"), Ids{idea});
  EXPECT_EQ(found("store=S002"), Ids{milk});
  EXPECT_EQ(found("verification=unverified&store=S002"), Ids{milk});
  EXPECT_EQ(found("custom.serial_number=ab-77"), Ids{drill});
  EXPECT_EQ(found("custom.felt_unwell=true"), Ids{milk});
  EXPECT_EQ(found("q=DRILL"), Ids{drill});
  EXPECT_EQ(found("q=drill+milk"), Ids{});
  EXPECT_EQ(found("q=drill&q=milk"), Ids{}) << "a repeated parameter adds words";
  EXPECT_EQ(found("q=drill+drill+drill+drill+drill+drill+drill+drill+drill"), Ids{drill});
  EXPECT_EQ(server.get(server.hq(), "/api/v1/tickets?q=a+b+c+d+e+f+g+h+i").field(), "/q");
  EXPECT_EQ(found("q=100%25+strasse"), Ids{milk});
  EXPECT_EQ(found("q=k_2"), Ids{milk});
  EXPECT_EQ(found("q=_"), Ids{milk});
  EXPECT_EQ(found("q=%E7%B4%A0%E9%A3%9F"), Ids{idea});
  EXPECT_EQ(found("status=open&department=food_quality&priority=urgent&q=sour&customer_number=79460958"),
            Ids{milk});
  EXPECT_EQ(found("created_from=2026-11-01&created_to=2027-12-31"), (Ids{drill, milk, idea}));
  EXPECT_EQ(found("created_to=2020-01-01"), Ids{});
  EXPECT_EQ(found("training=true"), Ids{});
}

TEST_P(TicketSearchTest, DaysAreThoseOfTheViewersCalendar) {
  // 23:30 of the 21st in Berlin, which is half past ten of the evening in Greenwich.
  const auto late = domain::parse_rfc3339("2026-11-21T22:30:00.000Z").value();
  // 00:30 of the 22nd in Berlin: still the 21st in Greenwich.
  const auto early = domain::parse_rfc3339("2026-11-21T23:30:00.000Z").value();
  const std::string before = server.create_ticket(StaffServer::ticket_request())["ticket_id"];
  const std::string after = server.create_ticket(StaffServer::ticket_request())["ticket_id"];
  db::with_transaction(server.database(), [&](db::Connection& connection) {
    const char* sql = "UPDATE tickets SET created_at = ? WHERE ticket_id = ?";
    connection.execute(sql, {domain::to_epoch_ms(late), before});
    connection.execute(sql, {domain::to_epoch_ms(early), after});
  });
  EXPECT_EQ(found("created_from=2026-11-21&created_to=2026-11-21"), Ids{before});
  EXPECT_EQ(found("created_from=2026-11-22&created_to=2026-11-22"), Ids{after});
  EXPECT_EQ(found("created_from=2026-11-21T23:00:00.000Z"), Ids{after}) << "a time is what it says";
  const Answer manager =
      server.get(server.manager_of("S001"), "/api/v1/tickets?created_from=2026-11-22&created_to=2026-11-22");
  EXPECT_EQ(manager.json["count"], 1) << manager.response.body;
}

TEST_P(TicketSearchTest, ACustomerNumberInAnySpelling) {
  const std::string member = make([](json& r) {
    r["customer"] = {
        {"id", "2375"},
        {"identifiers",
         {{{"type", "card"}, {"value", "9900 1234-5"}}, {{"type", "mobile"}, {"value", "0171 5550123"}}}}};
  });
  for (const char* spelling : {"0151%2023456789", "%2B49%20151%2023456789", "0049%20151%2F23456789",
                               "3456789", "990012345", "9900-1234-5", "2375", "01715550123"})
    EXPECT_EQ(found(std::string("customer_number=") + spelling), Ids{member}) << spelling;
  EXPECT_EQ(found("customer_number=0151%2023456780"), Ids{});
}

TEST_P(TicketSearchTest, SeveralCustomersOfOneNumberAreListedMasked) {
  make([](json& r) { r["complainant"]["name"] = "Anna Müller"; });
  make([](json& r) { r["complainant"]["name"] = "Bernd Müller"; });
  const Answer answer = server.get(server.hq(), "/api/v1/tickets?customer_number=015123456789");
  ASSERT_EQ(answer.json["matches"].size(), 2U);
  for (const json& match : answer.json["matches"]) {
    EXPECT_EQ(match["name"].get<std::string>().find("Müller"), std::string::npos);
    EXPECT_NE(match["mobile"].get<std::string>().find("6789"), std::string::npos);
  }
}

TEST_P(TicketSearchTest, PagesHaveNoGapsAndNoRepetitionsWhateverIsAdded) {
  std::set<std::string> all;
  json request = StaffServer::ticket_request();
  for (int i = 0; i < 7; ++i)
    all.insert(server.create_ticket(request)["ticket_id"]);  // all in the same millisecond
  for (const std::string sort : {"created_at", "-created_at"}) {
    std::set<std::string> seen;
    std::string target = "/api/v1/tickets?limit=3&sort=" + sort;
    for (int page = 0; page < 3; ++page) {
      const Answer answer = server.get(server.hq(), target);
      ASSERT_EQ(answer.status, 200) << answer.response.body << target;
      for (const json& row : answer.json["tickets"]) EXPECT_TRUE(seen.insert(row["ticket_id"]).second);
      if (!answer.json.contains("next_cursor")) break;
      target =
          "/api/v1/tickets?limit=3&sort=" + sort + "&cursor=" + answer.json["next_cursor"].get<std::string>();
    }
    EXPECT_EQ(seen, all) << sort;
  }
}

TEST_P(TicketSearchTest, TheBeginningOfACodeFindsIt) {
  const json ticket = server.create_ticket(StaffServer::ticket_request());
  const std::string code = ticket["code"];
  EXPECT_EQ(found("code=" + code), Ids{ticket["ticket_id"]});
  EXPECT_EQ(found("code=" + code.substr(0, 6)), Ids{ticket["ticket_id"]});
}

TEST_P(TicketSearchTest, BadParametersAreNamed) {
  for (const auto& [query, field] :
       std::map<std::string, std::string>{{"status=nowhere", "/status"},
                                          {"department=moon", "/department"},
                                          {"priority=x", "/priority"},
                                          {"category=x", "/category"},
                                          {"store=S999", "/store"},
                                          {"kind=x", "/kind"},
                                          {"assignee=x", "/assignee"},
                                          {"verification=x", "/verification"},
                                          {"created_from=yesterday", "/created_from"},
                                          {"created_to=2026-02-30", "/created_to"},
                                          {"code=ABCDEFGHJKM1", "/code"},
                                          {"customer_number=---", "/customer_number"},
                                          {"training=maybe", "/training"},
                                          {"sort=name", "/sort"},
                                          {"limit=0", "/limit"},
                                          {"limit=201", "/limit"},
                                          {"cursor=d1.x", "/cursor"},
                                          {"custom.unknown=1", "/custom.unknown"},
                                          {"custom.allergy=nuts", "/custom.allergy"},
                                          {"colour=red", "/colour"}}) {
    const Answer answer = server.get(server.hq(), "/api/v1/tickets?" + query);
    EXPECT_EQ(answer.status, 400) << query;
    EXPECT_EQ(answer.field(), field) << query;
  }
}

INSTANTIATE_TEST_SUITE_P(Databases, TicketSearchTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
