#include "host-sim/data/transactions.h"

#include <date/tz.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <ctime>
#include <fstream>
#include <iomanip>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "host-sim/data/csv.h"

namespace ccms::host_sim {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::minutes;

/// A ValueSource bound to a file's columns.
class BoundValue {
 public:
  BoundValue(const ValueSource& source, const CsvReader& file) : source_(source) {
    if (!source.column.empty()) index_ = file.column(source.column);
  }

  std::string of(const std::vector<std::string>& record) const {
    const std::string& raw = source_.column.empty() ? source_.constant : record[index_];
    if (source_.translation.empty()) return source_.prefix + raw;
    const auto found = source_.translation.find(raw);
    return found == source_.translation.end() ? source_.otherwise : found->second;
  }

 private:
  const ValueSource& source_;
  std::size_t index_ = 0;
};

struct PointInTime {
  std::int64_t at_ms;
  int utc_offset_minutes;
};

date::local_time<milliseconds> local_time_of(const std::string& text) {
  std::tm parts{};
  std::istringstream input(text);
  input >> std::get_time(&parts, "%Y-%m-%dT%H:%M:%S");
  const auto day = date::year{parts.tm_year + 1900} / (parts.tm_mon + 1) / parts.tm_mday;
  if (input.fail() || input.peek() != std::char_traits<char>::eof() || !day.ok())
    throw std::runtime_error("'" + text + "' is not a time such as 2017-01-01T10:47:31");
  return date::local_days{day} + std::chrono::hours(parts.tm_hour) + minutes(parts.tm_min) +
         std::chrono::seconds(parts.tm_sec);
}

/// Wall time of a place. A time that the clocks showed twice is taken as the first, one they never showed as
/// the moment of the jump: a receipt must not be lost over an hour.
PointInTime in_zone(const std::string& text, const date::time_zone& zone) {
  const auto utc = zone.to_sys(local_time_of(text), date::choose::earliest);
  const auto offset = zone.get_info(utc).offset;
  return {utc.time_since_epoch().count(), static_cast<int>(duration_cast<minutes>(offset).count())};
}

std::string rfc3339(std::int64_t at_ms) {
  return date::format("%FT%TZ", date::sys_time<milliseconds>{milliseconds{at_ms}});
}

nlohmann::ordered_json money(std::int64_t amount, const std::string& currency) {
  return {{"amount", amount}, {"currency", currency}};
}

}  // namespace

std::int64_t minor_units(const std::string& amount) {
  double value = 0;
  const char* end = amount.data() + amount.size();
  const auto [stopped, problem] = std::from_chars(amount.data(), end, value);
  constexpr double kLargest = 9e15;  // beyond it a double no longer holds every unit
  if (problem != std::errc{} || stopped != end || !std::isfinite(value) || std::abs(value) > kLargest)
    throw std::runtime_error("'" + amount + "' is not an amount");
  return std::llround(value * 100);
}

std::int64_t Transaction::total() const {
  std::int64_t sum = 0;
  for (const auto& line : lines) sum += line.amount;
  return sum;
}

nlohmann::ordered_json to_json(const Transaction& transaction) {
  auto lines = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < transaction.lines.size(); ++i) {
    const auto& line = transaction.lines[i];
    lines.push_back({{"line", i + 1},
                     {"product_id", line.product_id},
                     {"description", line.description},
                     {"quantity", line.quantity},
                     {"amount", money(line.amount, transaction.currency)}});
  }
  nlohmann::ordered_json result{{"id", transaction.id},
                                {"type", transaction.type},
                                {"store", transaction.store},
                                {"at", rfc3339(transaction.at_ms)},
                                {"utc_offset_minutes", transaction.utc_offset_minutes}};
  if (!transaction.customer_id.empty()) result["customer_id"] = transaction.customer_id;
  result["total"] = money(transaction.total(), transaction.currency);
  result["lines"] = std::move(lines);
  return result;
}

void TransactionStore::load_csv(const std::filesystem::path& file, const TransactionMapping& mapping) {
  std::ifstream input(file, std::ios::binary);
  if (!input) throw std::runtime_error("cannot read the transactions " + file.string());
  CsvReader reader(input);
  const BoundValue id(mapping.transaction_id, reader);
  const BoundValue store(mapping.store, reader);
  const BoundValue customer(mapping.customer_id, reader);
  const BoundValue at(mapping.at, reader);
  const BoundValue currency(mapping.currency, reader);
  const BoundValue type(mapping.type, reader);
  const BoundValue product(mapping.product_id, reader);
  const BoundValue description(mapping.description, reader);
  const BoundValue quantity(mapping.quantity, reader);
  const BoundValue amount(mapping.amount, reader);
  const auto* zone = date::locate_zone(mapping.time_zone);

  std::size_t record_number = 1;  // the header
  while (auto record = reader.next()) {
    ++record_number;
    try {
      const std::string key = id.of(*record);
      auto [position, is_new] = by_id_.try_emplace(key, transactions_.size());
      if (is_new) {
        const auto when = in_zone(at.of(*record), *zone);
        const std::string type_name = type.of(*record);
        transactions_.push_back({key,
                                 store.of(*record),
                                 customer.of(*record),
                                 type_name.empty() ? "sale" : type_name,
                                 currency.of(*record),
                                 when.at_ms,
                                 when.utc_offset_minutes,
                                 {}});
        if (auto& added = transactions_.back(); !added.customer_id.empty())
          by_customer_[added.customer_id].push_back(position->second);
      }
      transactions_[position->second].lines.push_back({product.of(*record), description.of(*record),
                                                       quantity.of(*record),
                                                       minor_units(amount.of(*record))});
    } catch (const std::runtime_error& problem) {
      throw std::runtime_error(file.string() + ", record " + std::to_string(record_number) + ": " +
                               problem.what());
    }
  }
}

const Transaction* TransactionStore::find(std::string_view id) const {
  const auto found = by_id_.find(std::string(id));
  return found == by_id_.end() ? nullptr : &transactions_[found->second];
}

std::vector<const Transaction*> TransactionStore::of_customer(std::string_view customer_id) const {
  std::vector<const Transaction*> result;
  if (const auto found = by_customer_.find(customer_id); found != by_customer_.end())
    for (const auto index : found->second) result.push_back(&transactions_[index]);
  std::stable_sort(result.begin(), result.end(),
                   [](const auto* a, const auto* b) { return a->at_ms > b->at_ms; });
  return result;
}

std::vector<const Transaction*> TransactionStore::fullest_baskets() const {
  std::vector<const Transaction*> result;
  for (const auto& [customer, indexes] : by_customer_) {
    const auto fullest = std::max_element(indexes.begin(), indexes.end(), [this](auto a, auto b) {
      return transactions_[a].lines.size() < transactions_[b].lines.size();
    });
    result.push_back(&transactions_[*fullest]);
  }
  return result;
}

}  // namespace ccms::host_sim
