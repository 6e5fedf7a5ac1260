#include "settings/sample-chain/generator/output.h"

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "core/wire/ticket_json.h"

namespace ccms::sample_chain {
namespace {

using nlohmann::ordered_json;

/// Quoted whenever RFC 4180 asks for it.
std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

/// Minor units with two decimals; the sample has no other currencies.
std::string decimal(std::int64_t amount) {
  std::array<char, 32> text{};
  const char* sign = amount < 0 ? "-" : "";
  const auto units = static_cast<unsigned long long>(amount < 0 ? -amount : amount);
  std::snprintf(text.data(), text.size(), "%s%llu.%02llu", sign, units / 100, units % 100);
  return text.data();
}

/// "2026-11-21T09:15:00", UTC: the stores have different time zones, a mapping has one.
std::string csv_time(domain::Instant at) { return domain::format_rfc3339(at).substr(0, 19); }

ordered_json action_json(const HistoricAction& action) {
  ordered_json out{{"at", domain::format_rfc3339(action.at)}, {"action", action.request.action}};
  if (action.request.note) out["note"] = *action.request.note;
  if (action.request.resolution_code) out["resolution_code"] = *action.request.resolution_code;
  if (action.request.reason) out["reason"] = *action.request.reason;
  out["actor"] = wire::to_json(action.actor);
  return out;
}

ordered_json ticket_json(const HistoricTicket& ticket) {
  const domain::Clerk& clerk = *ticket.request.clerk;
  ordered_json actions = ordered_json::array();
  for (const HistoricAction& action : ticket.actions) actions.push_back(action_json(action));
  return {{"ticket_id", ticket.id.str()},
          {"request", wire::to_json(ticket.request)},
          {"store", ticket.store},
          {"till", ticket.till},
          {"channel", "till"},
          {"created_at", domain::format_rfc3339(ticket.created_at)},
          {"actor", wire::to_json(domain::Actor{domain::ActorType::clerk, clerk.id, clerk.name})},
          {"actions", std::move(actions)}};
}

}  // namespace

std::string customers_json(const SampleData& data) {
  std::string out = "{\"customers\": [";
  const char* separator = "\n";
  for (const Person& person : data.people) {
    out += separator + wire::to_json(person.customer).dump();
    separator = ",\n";
  }
  return out + "\n]}\n";
}

std::string transactions_csv(const SampleData& data) {
  std::string out = "receipt,store,customer,at,type,product,description,quantity,amount,currency\n";
  for (const Sale& sale : data.sales) {
    const domain::Transaction& transaction = sale.transaction;
    const std::string start = transaction.id + ',' + transaction.store.str() + ',' +
                              transaction.customer_id->str() + ',' + csv_time(transaction.at) + ',' +
                              std::string(domain::to_text(transaction.type)) + ',';
    for (const auto& line : transaction.lines) {
      out += start + line.product_id + ',' + csv_field(line.description) + ',' + line.quantity.str() + ',' +
             decimal(line.amount.amount) + ',' + line.amount.currency + '\n';
    }
  }
  return out;
}

std::string transactions_mapping_json() {
  const auto column = [](const char* name) { return ordered_json{{"column", name}}; };
  const ordered_json mapping{{"format", "csv"},
                             {"transaction_id", column("receipt")},
                             {"store", column("store")},
                             {"customer_id", column("customer")},
                             {"at", {{"column", "at"}, {"time_zone", "UTC"}}},
                             {"line",
                              {{"product_id", column("product")},
                               {"description", column("description")},
                               {"quantity", column("quantity")},
                               {"amount", column("amount")}}},
                             {"currency", column("currency")},
                             {"type", column("type")}};
  return mapping.dump(2) + "\n";
}

std::string tickets_jsonl(const SampleData& data) {
  std::string out;
  for (const HistoricTicket& ticket : data.tickets) out += ticket_json(ticket).dump() + "\n";
  return out;
}

}  // namespace ccms::sample_chain
