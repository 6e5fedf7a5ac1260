#include "server/history/history_importer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "server/ledger/ledger.h"
#include "server/settings/settings_store.h"
#include "settings/sample-chain/generator/output.h"
#include "settings/sample-chain/generator/sample_chain.h"
#include "tests/server/history/history_lines.h"
#include "tests/server/support/staff_server.h"

namespace ccms::test {
namespace {

using nlohmann::json;
using server::ImportedLine;
using Outcome = ImportedLine::Outcome;

class HistoryImporterTest : public OnBothDatabases {
 protected:
  ImportedLine import(const std::string& line) { return importer_.import_line(line); }
  ImportedLine import(const json& line) { return import(line.dump()); }
  domain::Error refusal_of(const json& line) {
    const ImportedLine result = import(line);
    EXPECT_EQ(result.outcome, Outcome::refused) << line;
    return result.errors.empty() ? domain::Error{} : result.errors.front();
  }

  json ticket(const std::string& id) {
    return server.get(server.hq(), "/api/v1/tickets/" + id).json["ticket"];
  }
  json imported_ticket() { return ticket(history_line()["ticket_id"]); }
  json history() {
    const std::string id = history_line()["ticket_id"];
    return server.get(server.hq(), "/api/v1/tickets/" + id + "/history").json["events"];
  }

  server::Ledger ledger_{server.database()};

 private:
  server::SettingsStore settings_{server.database()};
  std::shared_ptr<const server::PublishedSettings> published_ = settings_.current();
  server::HistoryImporter importer_{server.database(), ledger_, *published_, server.clock()};
};

TEST_P(HistoryImporterTest, ATicketComesInWithItsStateAndItsTimes) {
  ASSERT_EQ(import(history_line()).outcome, Outcome::imported);
  const json found = imported_ticket();
  EXPECT_EQ(found["state"]["id"], "closed");
  EXPECT_EQ(found["department"], "repairs");
  EXPECT_EQ(found["resolution"], (json{{"code", "repaired"}, {"note", "New motor"}}));
  EXPECT_EQ(found["created_at"], "2024-03-01T10:00:00.000Z");
  EXPECT_EQ(found["updated_at"], "2024-03-03T09:30:00.000Z");
  EXPECT_EQ(found["closed_at"], "2024-03-03T09:30:00.000Z");
  EXPECT_EQ(found["store"]["reported_at"], "S001");
  const json listed = server.get(server.hq(), "/api/v1/tickets?status=closed&q=drill").json;
  EXPECT_EQ(listed["count"], 1);
}

TEST_P(HistoryImporterTest, EventsHappenedThenAndTheTakingOverNow) {
  ASSERT_EQ(import(history_line()).outcome, Outcome::imported);
  const json events = history();
  EXPECT_EQ(events.front()["type"], "created");
  EXPECT_EQ(events.front()["at"], "2024-03-01T10:00:00.000Z");
  EXPECT_EQ(events.front()["actor"]["name"], "Mia");
  std::map<std::string, json> by_type;
  for (const json& event : events) by_type[event["type"]] = event;
  EXPECT_EQ(by_type["closed"]["at"], "2024-03-03T09:30:00.000Z");
  EXPECT_EQ(by_type["closed"]["actor"]["id"], "old-7");
  EXPECT_EQ(events.back()["type"], "imported");
  EXPECT_EQ(events.back()["at"], domain::format_rfc3339(server.clock().now()));
}

TEST_P(HistoryImporterTest, NobodyIsTold) {
  ASSERT_EQ(import(history_line()).outcome, Outcome::imported);
  const json messages =
      server
          .get(server.hq(), "/api/v1/tickets/" + std::string(history_line()["ticket_id"]) + "/notifications")
          .json;
  ASSERT_FALSE(messages.empty());
  for (const json& message : messages) {
    EXPECT_EQ(message["state"], "cancelled");
    EXPECT_EQ(message["last_error"], "imported");
  }
  EXPECT_EQ(server.send_notifications(), 0U);
}

TEST_P(HistoryImporterTest, ALineThatIsInIsLeftAlone) {
  json nameless = history_line();
  nameless.erase("ticket_id");
  for (const json& line : {history_line(), nameless}) {
    EXPECT_EQ(import(line).outcome, Outcome::imported);
    EXPECT_EQ(import(line).outcome, Outcome::already_there);
  }
  EXPECT_EQ(server.count("SELECT COUNT(*) FROM tickets"), 2);
  EXPECT_EQ(server.count("SELECT COUNT(*) FROM ticket_events WHERE type = 'imported'"), 2);
}

TEST_P(HistoryImporterTest, ARefusedLineNamesItsFieldAndLeavesNothing) {
  const auto refused_field = [this](const char* pointer, const json& value) {
    json line = history_line();
    line[json::json_pointer(pointer)] = value;
    return refusal_of(line).field;
  };
  for (const auto& [pointer, value] :
       std::initializer_list<std::pair<const char*, json>>{{"/store", "S999"},
                                                           {"/till", "S002-T1"},
                                                           {"/created_at", "not a time"},
                                                           {"/request/ticket/category", "weather"},
                                                           {"/actions/0/action", "dance"},
                                                           {"/actions/1/resolution_code", "magic"},
                                                           {"/actions/1/at", "2999-01-01T00:00:00.000Z"}})
    EXPECT_EQ(refused_field(pointer, value), pointer);
  json line = history_line();
  line["actions"][1].erase("note");
  EXPECT_EQ(refusal_of(line).field, "/actions/1/note");
  line = history_line();
  line["actions"].erase(0);
  EXPECT_EQ(refusal_of(line).code, "transition_not_allowed");
  for (const char* table : {"tickets", "ticket_events", "ticket_codes", "changes", "notifications"})
    EXPECT_EQ(server.count(std::string("SELECT COUNT(*) FROM ") + table), 0) << table;
}

TEST_P(HistoryImporterTest, TheSampleChainsNinetyDaysComeIn) {
  using namespace std::chrono;
  const auto settings = sample_chain::load_sample_settings();
  const auto data = sample_chain::make_sample_data(settings, local_days(2026y / November / 21), 1);
  std::vector<domain::Transaction> purchases;
  for (const auto& sale : data.sales) purchases.push_back(sale.transaction);
  ledger_.add(purchases, server.clock().now());
  std::istringstream lines(sample_chain::tickets_jsonl(data));
  for (std::string line; std::getline(lines, line);) {
    const ImportedLine result = import(line);
    ASSERT_EQ(result.outcome, Outcome::imported)
        << line << (result.errors.empty() ? "" : result.errors.front().field + result.errors.front().message);
  }
  const auto closed = static_cast<std::int64_t>(
      std::count_if(data.tickets.begin(), data.tickets.end(), [](const sample_chain::HistoricTicket& ticket) {
        return !ticket.actions.empty() && ticket.actions.back().request.action == "close";
      }));
  const auto count_of = [this](const std::string& filter) {
    return server.get(server.hq(), "/api/v1/tickets?" + filter).json["count"].get<std::int64_t>();
  };
  EXPECT_EQ(count_of("limit=1"), static_cast<std::int64_t>(data.tickets.size()));
  EXPECT_EQ(count_of("limit=1&status=closed"), closed);
  EXPECT_EQ(count_of("limit=1&verification=pending"), 0);
  EXPECT_GT(count_of("limit=1&verification=verified"), 0);
  EXPECT_EQ(server.count("SELECT COUNT(*) FROM notifications WHERE state <> 'cancelled'"), 0);
}

INSTANTIATE_TEST_SUITE_P(Databases, HistoryImporterTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
