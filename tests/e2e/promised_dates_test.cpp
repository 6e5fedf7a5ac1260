// What slips promised without a network, and what the server says of it weeks later.
#include <gmock/gmock.h>

#include <deque>
#include <memory>
#include <random>
#include <set>

#include "core/tz/tz.h"
#include "plugin/app/create_ticket.h"
#include "plugin/app/enrol.h"
#include "plugin/app/new_id.h"
#include "plugin/app/status.h"
#include "tests/e2e/whole_server_api.h"

namespace ccms::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

/// What a clerk was given.
struct Slip {
  std::string ticket_id, store, category;
  std::optional<std::string> answer_by;
  std::string text;
};

const std::pair<const char*, const char*> kStores[] = {
    {"S001", "Europe/Berlin"}, {"S003", "Europe/Berlin"},    {"S008", "Europe/London"},
    {"S009", "Europe/London"}, {"S011", "America/New_York"}, {"S012", "America/New_York"}};

std::string zone_of(const std::string& wanted) {
  for (const auto& [store, zone] : kStores) {
    if (store == wanted) return zone;
  }
  throw std::runtime_error("no such store");
}

/// The sample chain with turn-around times that look at category, region, kind, concept and amount.
Json chain() {
  auto document = Json::parse(sample_settings());
  const auto add = [&](const char* id, const Json& when, const Json& maximum) {
    document["turn_around_times"].push_back({{"id", id},
                                             {"name", {{"en", id}, {"de", id}}},
                                             {"clock", "resolution"},
                                             {"when", when},
                                             {"maximum", maximum}});
  };
  add("food_law", {{"category", {"spoiled_food"}}, {"region", {"britain"}}},
      {{"unit", "days"}, {"amount", 3}});
  add("dear", {{"concept", {"technik"}}, {"min_amount", 50000}},
      {{"unit", "working_minutes"}, {"amount", 330}});
  add("ideas", {{"kind", {"suggestion"}}}, {{"unit", "hours"}, {"amount", 100}});
  return document;
}

class PromisedDates : public ::testing::Test {
 protected:
  PromisedDates() {
    server.publish(chain().dump());
    server.restart();
    clock.set_wall(server.clock().now());
    for (const auto& [store, zone] : kStores) {
      auto& till = tills.emplace_back();
      till.store = store;
      till.run = std::make_unique<TillRun>(till.folder.path(), host, clock, api, tills.size(), store);
      const Json code{{"code", server.enrolment_code(store, till.store + "-T1")}};
      ok(plugin::app::enrol(till.run->till, code.dump()));
      till.run->engine.run_once();
    }
    api.down = true;
  }

  /// Both clocks together.
  void pass(std::chrono::milliseconds time) {
    clock.advance(time);
    server.clock().advance(time);
  }

  template <class List>
  auto any(const List& list) {
    return list[random() % std::size(list)];
  }

  Json any_request() {
    static const char* const kCategories[] = {
        "defective",       "spoiled_food",   "missing_item",    "delivery",
        "staff_behaviour", "loyalty_points", "store_condition", "other"};
    static const char* const kPriorities[] = {"", "", "low", "medium", "high", "urgent"};
    static const char* const kDepartments[] = {"", "", "repairs", "pricing"};
    const std::string category = any(kCategories), priority = any(kPriorities),
                      department = any(kDepartments);
    Json patch{{"ticket", {{"category", category}}}};
    if (!priority.empty()) patch["ticket"]["priority"] = priority;
    if (!department.empty()) patch["ticket"]["department"] = department;
    if (category == "spoiled_food") patch["ticket"]["custom"]["felt_unwell"] = random() % 2 == 0;
    if (category == "other" && random() % 3 == 0) patch["kind"] = "suggestion";
    if (category == "defective" && random() % 2 == 0) {
      patch["transaction"] = sample_transaction("R-" + std::to_string(random()));
      const auto amount = static_cast<std::int64_t>(random() % 100'000) + 1;
      patch["transaction"]["total"]["amount"] = amount;
      patch["transaction"]["lines"][0]["amount"]["amount"] = amount;
      patch["proof"] = {{"kind", "looked_up"}, {"reason", nullptr}};
    }
    return sample_request(plugin::app::new_uuid(clock.wall_now()), patch);
  }

  /// Makes tickets at all tills, some minutes or hours after one another.
  std::vector<Slip> capture(int tickets) {
    std::vector<Slip> slips;
    for (int i = 0; i < tickets; ++i) {
      pass(std::chrono::milliseconds(random() % (2h / 1ms)));
      auto& till = tills[random() % tills.size()];
      const Json request = any_request();
      const Json reply = ok(plugin::app::create_ticket(till.run->till, request.dump()));
      if (reply.empty()) break;
      Slip slip{reply.at("ticket_id"), till.store, request.at("ticket").at("category"), std::nullopt,
                reply.at("slip").at("text")};
      if (reply.contains("answer_by")) slip.answer_by = reply.at("answer_by").get<std::string>();
      slips.push_back(std::move(slip));
    }
    return slips;
  }

  void synchronise() {
    api.down = false;
    for (auto& till : tills) {
      for (int turn = 0; turn < 100; ++turn) {
        if (ok(plugin::app::status(till.run->till, "{}")).at("queue_depth") == 0) break;
        till.run->engine.run_once(true);
        pass(1s);
      }
      EXPECT_EQ(ok(plugin::app::status(till.run->till, "{}")).at("queue_depth"), 0) << till.store;
    }
  }

  /// The deadline on the resolution that the server has for a ticket.
  std::string deadline_of(const Slip& slip) {
    return domain::format_rfc3339(domain::from_epoch_ms(
        server.count("SELECT answer_by FROM tickets WHERE ticket_id = ?", {slip.ticket_id})));
  }
  std::int64_t events(const Slip& slip, const char* type) {
    return server.count("SELECT COUNT(*) AS n FROM ticket_events WHERE ticket_id = ? AND type = ?",
                        {slip.ticket_id, type});
  }

  struct AnyTill {
    std::string store;
    TempFolder folder;
    std::unique_ptr<TillRun> run;
  };

  ServerUnderTest server{Backend::sqlite};
  WholeServerApi api{server};
  FakeClock clock;
  FakeHost host;
  std::deque<AnyTill> tills;
  std::mt19937_64 random{20261121};
};

TEST_F(PromisedDates, on_a_thousand_slips_are_the_deadlines_of_the_server) {
  const auto slips = capture(1000);
  ASSERT_EQ(slips.size(), 1000U);
  synchronise();
  std::set<std::string> dates;
  for (const auto& slip : slips) {
    const auto deadline = deadline_of(slip);
    dates.insert(deadline);
    if (slip.category == "staff_behaviour") {
      EXPECT_FALSE(slip.answer_by) << "a confidential ticket's slip says nothing";
      EXPECT_THAT(slip.text, Not(HasSubstr("You hear from us")));
      continue;
    }
    EXPECT_EQ(slip.answer_by, deadline) << slip.store << ' ' << slip.category;
    const auto local = tz::format_local(zone_of(slip.store), domain::parse_rfc3339(deadline).value());
    EXPECT_THAT(slip.text, HasSubstr("You hear from us by: " + local.value())) << slip.store;
    EXPECT_EQ(events(slip, "answer_by_confirmed"), 1) << slip.store << ' ' << slip.category;
    EXPECT_EQ(events(slip, "answer_by_changed"), 0);
  }
  EXPECT_GT(dates.size(), 100U);
}

TEST_F(PromisedDates, that_the_server_must_change_are_those_whose_routing_changed_meanwhile) {
  const auto slips = capture(200);
  auto document = chain();
  for (auto& rule : document["routing"]["rules"]) {
    if (rule["id"] == "delivery") rule["priority"] = "urgent";
  }
  server.publish(document.dump());
  server.restart();
  synchronise();
  int changed = 0;
  for (const auto& slip : slips) {
    if (!slip.answer_by) continue;
    const bool kept = slip.answer_by == deadline_of(slip);
    EXPECT_EQ(events(slip, "answer_by_confirmed"), kept ? 1 : 0) << slip.category;
    EXPECT_EQ(events(slip, "answer_by_changed"), kept ? 0 : 1) << slip.category;
    const bool is_affected = slip.category == "delivery" || slip.category == "missing_item";
    EXPECT_TRUE(kept || is_affected) << slip.category;
    changed += kept ? 0 : 1;
  }
  EXPECT_GT(changed, 0);
}

}  // namespace
}  // namespace ccms::test
