#include "host-sim/tour/counter_receipts.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace ccms::host_sim {
namespace {

constexpr std::size_t kItemsShown = 2;

bool has_mobile(const Customer& customer) {
  return std::any_of(customer.identifiers.begin(), customer.identifiers.end(),
                     [](const CustomerIdentifier& identifier) { return identifier.type == "mobile"; });
}

/// What somebody would complain about: the dearest lines first, of equals in the receipt's order.
std::vector<std::string> dearest_items(const Transaction& sale) {
  std::vector<const TransactionLine*> lines;
  for (const auto& line : sale.lines) lines.push_back(&line);
  std::stable_sort(lines.begin(), lines.end(),
                   [](const TransactionLine* a, const TransactionLine* b) { return a->amount > b->amount; });
  std::vector<std::string> items;
  for (const auto* line : lines)
    if (items.size() < kItemsShown) items.push_back(line->description);
  return items;
}

CounterReceipt receipt_of(const Transaction& sale, const Customer& customer) {
  auto items = dearest_items(sale);
  const auto more = sale.lines.size() - items.size();
  return {sale.id, customer.name, sale.at_ms, sale.total(), sale.currency, std::move(items), more};
}

}  // namespace

std::vector<CounterReceipt> receipts_on_the_counter(const TransactionStore& transactions,
                                                    const CustomerStore& customers, std::string_view store,
                                                    std::size_t count) {
  std::vector<const Transaction*> sales;
  for (const auto& transaction : transactions.all())
    if (transaction.store == store && transaction.type == "sale") sales.push_back(&transaction);
  std::sort(sales.begin(), sales.end(), [](const Transaction* a, const Transaction* b) {
    return std::tuple(-a->at_ms, std::string_view(a->id)) < std::tuple(-b->at_ms, std::string_view(b->id));
  });

  std::vector<CounterReceipt> chosen;
  std::unordered_set<std::string_view> names;
  for (const auto* sale : sales) {
    if (chosen.size() == count) break;
    const auto* customer = customers.find(sale->customer_id);
    if (customer == nullptr || !has_mobile(*customer) || !names.insert(customer->name).second) continue;
    chosen.push_back(receipt_of(*sale, *customer));
  }
  return chosen;
}

nlohmann::ordered_json to_json(const CounterReceipt& receipt) {
  return {{"id", receipt.id},       {"customer", receipt.customer},
          {"at_ms", receipt.at_ms}, {"total", {{"amount", receipt.total}, {"currency", receipt.currency}}},
          {"items", receipt.items}, {"more_items", receipt.more_items}};
}

}  // namespace ccms::host_sim
