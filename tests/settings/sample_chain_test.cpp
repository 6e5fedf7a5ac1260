#include "settings/sample-chain/generator/sample_chain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "core/domain/text.h"
#include "core/settings/form.h"
#include "core/wire/ticket_json.h"
#include "settings/sample-chain/generator/output.h"

namespace ccms::sample_chain {
namespace {

using nlohmann::json;

constexpr std::chrono::local_days kUntil{std::chrono::year(2026) / 11 / 21};

const settings::Settings& chain() {
  static const settings::Settings kChain = load_sample_settings();
  return kChain;
}

const SampleData& data() {
  static const SampleData kData = make_sample_data(chain(), kUntil, 1);
  return kData;
}

std::vector<json> ticket_lines() {
  std::vector<json> out;
  std::istringstream in(tickets_jsonl(data()));
  for (std::string line; std::getline(in, line);) out.push_back(json::parse(line));
  return out;
}

TEST(SampleChain, IsTheSameForTheSameSeedAndDate) {
  const SampleData again = make_sample_data(chain(), kUntil, 1);
  EXPECT_EQ(tickets_jsonl(again), tickets_jsonl(data()));
  EXPECT_EQ(transactions_csv(again), transactions_csv(data()));
  EXPECT_EQ(customers_json(again), customers_json(data()));
  EXPECT_NE(tickets_jsonl(make_sample_data(chain(), kUntil, 2)), tickets_jsonl(data()));
}

TEST(SampleChain, SpeaksEnglishEverywhereOnRequestAndIsTheSameOtherwise) {
  const SampleData english = make_sample_data(chain(), kUntil, 1, Speech::english);
  ASSERT_EQ(english.sales.size(), data().sales.size());
  bool local_receipts_are_german = false;
  for (std::size_t i = 0; i < english.sales.size(); ++i) {
    const domain::Transaction& sale = english.sales[i].transaction;
    EXPECT_EQ(sale.id, data().sales[i].transaction.id);
    for (std::size_t line = 0; line < sale.lines.size(); ++line) {
      EXPECT_EQ(sale.lines[line].description, english.sales[i].products[line]->english);
      const auto* product = data().sales[i].products[line];
      local_receipts_are_german = local_receipts_are_german ||
                                  (product->german != product->english &&
                                   data().sales[i].transaction.lines[line].description == product->german);
    }
  }
  EXPECT_TRUE(local_receipts_are_german);
  ASSERT_EQ(english.tickets.size(), data().tickets.size());
  bool local_tickets_are_german = false;
  for (std::size_t i = 0; i < english.tickets.size(); ++i) {
    EXPECT_EQ(english.tickets[i].request.content.language, "en");
    EXPECT_EQ(english.tickets[i].actions.size(), data().tickets[i].actions.size());
    local_tickets_are_german = local_tickets_are_german || data().tickets[i].request.content.language == "de";
  }
  EXPECT_TRUE(local_tickets_are_german);
}

TEST(SampleChain, IsLargeEnough) {
  EXPECT_GE(data().people.size(), 500U);
  EXPECT_GE(data().tickets.size(), 450U);
  std::set<std::size_t> buyers;
  for (const Sale& sale : data().sales) buyers.insert(sale.buyer);
  EXPECT_EQ(buyers.size(), data().people.size()) << "everybody bought something";
  std::set<std::string> stores;
  std::set<std::string> categories;
  for (const HistoricTicket& ticket : data().tickets) {
    stores.insert(ticket.store);
    categories.insert(ticket.request.content.ticket.category->str());
  }
  EXPECT_EQ(stores.size(), chain().organisation.stores.size());
  EXPECT_EQ(categories.size(), chain().form.categories.size());
}

TEST(SampleChain, TicketsAreWhatATillWouldSend) {
  for (const HistoricTicket& ticket : data().tickets) {
    const auto errors = settings::validate_request(chain().form, ticket.request, settings::Screen::till);
    ASSERT_TRUE(errors.empty()) << ticket.id.str() << " " << errors.front().field << " "
                                << errors.front().code;
    const auto parsed =
        wire::parse_ticket_request(wire::to_json(ticket.request).dump(), wire::RequestOrigin::till);
    ASSERT_TRUE(parsed.ok()) << wire::to_json(ticket.request).dump(1);
  }
}

TEST(SampleChain, NothingHappensOutOfOrderOrTooLate) {
  const domain::Instant end(kUntil.time_since_epoch());
  const domain::Instant start = end - std::chrono::days(kDays + 1);
  for (const HistoricTicket& ticket : data().tickets) {
    EXPECT_GE(ticket.created_at, start);
    EXPECT_LT(ticket.created_at, end);
    domain::Instant last = ticket.created_at;
    for (const HistoricAction& action : ticket.actions) {
      EXPECT_GT(action.at, last) << ticket.id.str();
      last = action.at;
    }
    EXPECT_LT(last, end);
    if (const auto& transaction = ticket.request.content.transaction) {
      EXPECT_LT(transaction->at, ticket.created_at);
      EXPECT_GT(transaction->at, ticket.created_at - std::chrono::days(chain().till.claim_within_days));
    }
  }
}

TEST(SampleChain, ShowsEveryState) {
  std::map<std::string, int> last_actions;
  for (const HistoricTicket& ticket : data().tickets) {
    ++last_actions[ticket.actions.empty() ? "none" : ticket.actions.back().request.action];
  }
  for (const char* action : {"none", "start", "ready", "close", "reject"})
    EXPECT_GE(last_actions[action], 1) << action;
  EXPECT_GT(last_actions["close"], static_cast<int>(data().tickets.size()) / 2);
}

TEST(SampleChain, ReceiptsAreUniqueAndBelongToTheTransactionsFile) {
  const std::string csv = transactions_csv(data());
  EXPECT_TRUE(domain::is_valid_utf8(csv));
  std::set<std::string> receipts;
  for (const Sale& sale : data().sales) {
    EXPECT_TRUE(receipts.insert(sale.transaction.id).second) << sale.transaction.id;
    EXPECT_FALSE(sale.transaction.lines.empty());
  }
  for (const HistoricTicket& ticket : data().tickets) {
    const auto& transaction = ticket.request.content.transaction;
    EXPECT_TRUE(!transaction || receipts.contains(transaction->id));
  }
  EXPECT_NE(csv.find("\"Television Vista 55\"\"\""), std::string::npos) << "quotes are doubled";
}

TEST(SampleChain, CustomersHaveNamesInSeveralScriptsAndShareNumbers) {
  const json customers = json::parse(customers_json(data()))["customers"];
  ASSERT_EQ(customers.size(), data().people.size());
  std::map<std::string, int> mobiles;
  bool cyrillic = false;
  bool han = false;
  for (const json& customer : customers) {
    for (const char c : customer["name"].get<std::string>()) {
      const auto byte = static_cast<unsigned char>(c);
      cyrillic = cyrillic || byte == 0xD0;          // how UTF-8 begins U+0400 to U+043F
      han = han || (byte >= 0xE4 && byte <= 0xE9);  // and U+4000 to U+9FFF
    }
    for (const json& identifier : customer["identifiers"]) {
      if (identifier["type"] == "mobile") ++mobiles[identifier["value"]];
    }
  }
  EXPECT_TRUE(cyrillic);
  EXPECT_TRUE(han);
  EXPECT_TRUE(
      std::any_of(mobiles.begin(), mobiles.end(), [](const auto& entry) { return entry.second > 1; }));
}

TEST(SampleChain, LinesSayWhatAnImportNeeds) {
  const std::vector<json> lines = ticket_lines();
  ASSERT_EQ(lines.size(), data().tickets.size());
  std::set<std::string> ids;
  for (const json& line : lines) {
    EXPECT_TRUE(ids.insert(line["ticket_id"]).second);
    EXPECT_NE(chain().find_store_of_till(line["till"].get<std::string>()), nullptr);
    EXPECT_EQ(chain().find_store_of_till(line["till"].get<std::string>())->id, line["store"]);
    for (const json& action : line["actions"]) {
      EXPECT_EQ(action["actor"]["type"], "staff");
      const bool complete = action.contains("note") && action.contains("resolution_code");
      EXPECT_TRUE(action["action"] != "close" || complete);
    }
  }
}

}  // namespace
}  // namespace ccms::sample_chain
