#include "plugin/app/host_finds.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "core/wire/ticket_json.h"

namespace ccms::plugin::app {
namespace {

using domain::Result;
using nlohmann::ordered_json;

// More than anybody would choose from at a counter.
constexpr std::size_t kCandidatesLimit = 50;

template <class T>
std::optional<T> read(const Till& till, const std::string& what, wire::Parsed<T> parsed) {
  if (parsed) return std::move(parsed.value);
  const auto& error = parsed.errors.front();
  till.host.log(LogLevel::host_misbehaving,
                what + " of the host cannot be read: " + error.field + ": " + error.message);
  return std::nullopt;
}

std::string bytes_of(const ordered_json& json) {
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::optional<domain::Customer> read_customer(const Till& till, const ordered_json& json) {
  return read(till, "a customer", wire::parse_customer(bytes_of(json)));
}

/// A host may put the customer into the transaction.
std::optional<KnownPurchase> read_purchase(const Till& till, ordered_json json) {
  std::optional<domain::Customer> customer;
  if (json.is_object() && json.contains("customer")) {
    customer = read_customer(till, json.at("customer"));
    json.erase("customer");
  }
  auto transaction = read(till, "a transaction", wire::parse_transaction(bytes_of(json)));
  if (!transaction) return std::nullopt;
  return KnownPurchase{std::move(*transaction), std::move(customer)};
}

/// The members of one half's reply that can be read.
template <class ReadOne>
auto read_list(const Till& till, const Result<std::optional<std::string>>& reply, const char* member,
               ReadOne read_one) {
  std::vector<typename decltype(read_one(till, ordered_json()))::value_type> found;
  if (!reply || !*reply) return found;
  const auto json = ordered_json::parse(**reply, nullptr, false);
  if (!json.is_object() || !json.contains(member) || !json.at(member).is_array()) {
    till.host.log(LogLevel::host_misbehaving, std::string("the host's look-up gave no list of ") + member);
    return found;
  }
  for (const auto& item : json.at(member)) {
    if (found.size() >= kCandidatesLimit) break;
    if (auto one = read_one(till, item)) found.push_back(std::move(*one));
  }
  return found;
}

}  // namespace

Result<std::optional<KnownPurchase>> current_purchase(const Till& till) {
  const auto bytes = till.host.current_transaction();
  if (!bytes) return std::optional<KnownPurchase>();
  auto purchase = read_purchase(till, ordered_json::parse(*bytes, nullptr, false));
  if (!purchase) return domain::Error{"unavailable", "the till's transaction cannot be read", {}};
  return purchase;
}

Result<HostFinds> look_up(const Till& till, const std::string& query) {
  const auto transactions = till.host.find_transactions(query);
  const auto customers = till.host.find_customers(query);
  if (!transactions && !customers) return transactions.error();
  return HostFinds{read_list(till, transactions, "transactions", read_purchase),
                   read_list(till, customers, "customers", read_customer)};
}

}  // namespace ccms::plugin::app
