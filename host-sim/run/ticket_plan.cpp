#include "host-sim/run/ticket_plan.h"

#include <date/date.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <numeric>
#include <random>
#include <stdexcept>
#include <unordered_map>

#include "host-sim/data/csv.h"

namespace ccms::host_sim {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
// std's distributions differ between libraries; the raw engine does not.
using Random = std::mt19937_64;

constexpr std::array kPlantedErrors{PlantedError::kCustomer, PlantedError::kAmount, PlantedError::kLine,
                                    PlantedError::kTime};

/// What the books say of a sale after the error was planted.
Transaction booked_as(Transaction sale, PlantedError error) {
  constexpr std::int64_t kMillisecondsOfADay = 24LL * 3600 * 1000;
  switch (error) {
    case PlantedError::kNone:
      break;
    case PlantedError::kCustomer:
      sale.customer_id.insert(0, "not-");
      break;
    case PlantedError::kAmount:
      sale.lines.front().amount += 100;
      break;
    case PlantedError::kLine:
      sale.lines.front().product_id.insert(0, "not-");
      break;
    case PlantedError::kTime:
      sale.at_ms -= kMillisecondsOfADay;
      break;
  }
  return sale;
}

std::vector<std::string> texts_of(const Scenario& scenario) {
  if (scenario.texts_file.empty()) return scenario.texts;
  std::ifstream input(scenario.texts_file, std::ios::binary);
  if (!input) throw std::runtime_error("cannot read the texts " + scenario.texts_file.string());
  CsvReader reader(input);
  const auto column = reader.column(scenario.texts_column);
  std::vector<std::string> texts;
  while (auto record = reader.next())
    if (!(*record)[column].empty()) texts.push_back((*record)[column]);
  return texts;
}

std::vector<const Transaction*> chosen_transactions(const Scenario& scenario, const TransactionStore& store) {
  auto chosen = store.fullest_baskets();
  if (scenario.tickets == 0) return chosen;
  if (chosen.size() < scenario.tickets) {
    // Customers come again with their other receipts.
    for (const auto& transaction : store.all()) {
      if (chosen.size() >= scenario.tickets) break;
      if (!transaction.customer_id.empty() &&
          std::find(chosen.begin(), chosen.end(), &transaction) == chosen.end())
        chosen.push_back(&transaction);
    }
  }
  if (chosen.size() < scenario.tickets)
    throw std::runtime_error("the files have " + std::to_string(chosen.size()) + " receipts of customers, " +
                             std::to_string(scenario.tickets) + " tickets were asked for");
  chosen.resize(scenario.tickets);
  return chosen;
}

/// `count` different positions below `size`.
std::vector<std::size_t> pick(std::size_t count, std::size_t size, Random& random) {
  std::vector<std::size_t> positions(size);
  std::iota(positions.begin(), positions.end(), std::size_t{0});
  for (std::size_t i = 0; i < std::min(count, size); ++i)
    std::swap(positions[i], positions[i + random() % (size - i)]);
  positions.resize(std::min(count, size));
  return positions;
}

std::size_t share(double part, std::size_t whole) {
  return static_cast<std::size_t>(std::llround(part * static_cast<double>(whole)));
}

ordered_json request_for(const Scenario& scenario, const Transaction& transaction,
                         const CustomerStore& customers, const std::string& text, std::size_t number) {
  ordered_json ticket = scenario.ticket_template;
  if (!scenario.ticket_variants.empty())
    ticket.merge_patch(scenario.ticket_variants[number % scenario.ticket_variants.size()]);
  ticket["details"] = text;
  auto receipt = to_json(transaction);
  // A line that was sold in a quantity of nothing, or returned, is complained about as a whole.
  auto& affected = receipt["lines"][number % receipt["lines"].size()];
  affected["affected_quantity"] = affected["quantity"];
  ordered_json request{{"clerk", {{"id", "clerk-1"}, {"name", "Clerk 1"}}},
                       {"language", "en"},
                       {"kind", "complaint"},
                       {"ticket", std::move(ticket)}};
  if (const auto* customer = customers.find(transaction.customer_id)) {
    request["complainant"] = {{"kind", "member"}, {"name", customer->name}};
    for (const auto& identifier : customer->identifiers)
      if (identifier.type == "mobile" || identifier.type == "email")
        request["complainant"][identifier.type] = identifier.value;
    request["customer"] = to_json(*customer);
  } else {
    request["complainant"] = {{"kind", "member"}, {"name", "Member " + transaction.customer_id}};
    request["customer"] = {{"id", transaction.customer_id},
                           {"identifiers", {{{"type", "account"}, {"value", transaction.customer_id}}}}};
  }
  request["transaction"] = std::move(receipt);
  request["proof"] = {{"kind", "looked_up"}};
  return request;
}

std::string quoted(const std::string& field) {
  std::string result = "\"";
  for (const char c : field) result += c == '"' ? std::string("\"\"") : std::string(1, c);
  return result + '"';
}

std::string decimal(std::int64_t minor_units, std::string_view currency) {
  const auto places = static_cast<std::size_t>(minor_digits(currency));
  auto digits = std::to_string(std::abs(minor_units));
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, 1, '.');
  return (minor_units < 0 ? "-" : "") + digits;
}

}  // namespace

std::vector<PlannedTicket> plan_tickets(const Scenario& scenario, const TransactionStore& transactions,
                                        const CustomerStore& customers) {
  const auto texts = texts_of(scenario);
  if (texts.empty()) throw std::runtime_error("the scenario has no texts");
  const auto chosen = chosen_transactions(scenario, transactions);
  if (chosen.empty()) throw std::runtime_error("no receipt belongs to a customer");

  Random random(scenario.seed);
  std::vector<PlannedTicket> plan(chosen.size());
  for (std::size_t i = 0; i < plan.size(); ++i) {
    plan[i].till = i % scenario.tills.size();
    plan[i].transaction = chosen[i];
    plan[i].request = request_for(scenario, *chosen[i], customers, texts[i % texts.size()], i);
  }
  if (scenario.ledger) {
    const auto withheld = share(scenario.ledger->withheld, plan.size());
    const auto altered = share(scenario.ledger->altered, plan.size());
    const auto positions = pick(withheld + altered, plan.size(), random);
    for (std::size_t i = 0; i < positions.size(); ++i) {
      auto& ticket = plan[positions[i]];
      ticket.verification = i < withheld ? PlannedVerification::kPending : PlannedVerification::kMismatch;
      if (i >= withheld) ticket.error = kPlantedErrors[(i - withheld) % kPlantedErrors.size()];
    }
  }
  return plan;
}

void write_planted_ledger(const std::filesystem::path& file, const TransactionStore& transactions,
                          const std::vector<PlannedTicket>& plan) {
  std::unordered_map<const Transaction*, const PlannedTicket*> planned;
  for (const auto& ticket : plan) planned[ticket.transaction] = &ticket;

  std::ofstream output(file, std::ios::binary | std::ios::trunc);
  output << "transaction_id,store,customer_id,at,type,original,currency,product_id,description,quantity,"
            "amount\n";
  for (const auto& sold : transactions.all()) {
    const auto found = planned.find(&sold);
    const auto* ticket = found == planned.end() ? nullptr : found->second;
    if (ticket != nullptr && ticket->verification == PlannedVerification::kPending) continue;
    const auto transaction = booked_as(sold, ticket == nullptr ? PlantedError::kNone : ticket->error);
    const auto at = date::format("%FT%T", date::sys_seconds(std::chrono::seconds(transaction.at_ms / 1000)));
    for (const auto& line : transaction.lines)
      output << quoted(transaction.id) << ',' << quoted(transaction.store) << ','
             << quoted(transaction.customer_id) << ',' << at << ',' << transaction.type << ','
             << quoted(transaction.original) << ',' << transaction.currency << ',' << quoted(line.product_id)
             << ',' << quoted(line.description) << ',' << line.quantity << ','
             << decimal(line.amount, transaction.currency) << '\n';
  }
  if (!output.flush()) throw std::runtime_error("cannot write the ledger " + file.string());
}

ordered_json planted_ledger_mapping() {
  const auto column = [](const char* name) { return ordered_json{{"column", name}}; };
  return {{"format", "csv"},
          {"transaction_id", column("transaction_id")},
          {"store", column("store")},
          {"customer_id", column("customer_id")},
          {"at", {{"column", "at"}, {"time_zone", "UTC"}}},
          {"type", column("type")},
          {"original", column("original")},
          {"currency", column("currency")},
          {"line",
           {{"product_id", column("product_id")},
            {"description", column("description")},
            {"quantity", column("quantity")},
            {"amount", column("amount")}}}};
}

}  // namespace ccms::host_sim
