#include "host-sim/data/transactions.h"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <ctime>
#include <fstream>
#include <iomanip>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <utility>

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
    if (source_.column.empty()) return source_.constant;
    const std::string& raw = record[index_];
    if (source_.translation.empty()) return raw.empty() ? raw : source_.prefix + raw;
    const auto found = source_.translation.find(raw);
    return found == source_.translation.end() ? source_.otherwise : found->second;
  }

 private:
  const ValueSource& source_;
  std::size_t index_ = 0;
};

/// The value of a source that a mapping may lack; empty without it.
class OptionalValue {
 public:
  OptionalValue(const std::optional<ValueSource>& source, const CsvReader& file) {
    if (source) value_.emplace(*source, file);
  }
  std::string of(const std::vector<std::string>& record) const { return value_ ? value_->of(record) : ""; }

 private:
  std::optional<BoundValue> value_;
};

struct PointInTime {
  std::int64_t at_ms;
  int utc_offset_minutes;
};

/// "2017-01-01T10:47:31", with a blank for the T and without the seconds as well.
date::local_time<milliseconds> local_time_of(const std::string& text) {
  constexpr std::size_t kToMinutes = std::string_view("2017-01-01T10:47").size();
  std::string whole = text.size() == kToMinutes ? text + ":00" : text;
  if (const auto blank = whole.find(' '); blank != std::string::npos) whole[blank] = 'T';
  std::tm parts{};
  std::istringstream input(whole);
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

std::string known_type(const std::string& name) {
  if (name != "sale" && name != "return" && name != "exchange")
    throw std::runtime_error("'" + name + "' is not a type of transaction (sale, return, exchange)");
  return name;
}

std::string rfc3339(std::int64_t at_ms) {
  return date::format("%FT%TZ", date::sys_time<milliseconds>{milliseconds{at_ms}});
}

nlohmann::ordered_json money(std::int64_t amount, const std::string& currency) {
  return {{"amount", amount}, {"currency", currency}};
}

}  // namespace

int minor_digits(std::string_view currency) {
  static constexpr std::array<std::string_view, 16> kNone = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                                             "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
                                                             "VND", "VUV", "XAF", "XOF"};
  static constexpr std::array<std::string_view, 7> kThree = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
  if (std::find(kNone.begin(), kNone.end(), currency) != kNone.end()) return 0;
  return std::find(kThree.begin(), kThree.end(), currency) != kThree.end() ? 3 : 2;
}

std::int64_t minor_units(const std::string& amount, std::string_view currency) {
  double value = 0;
  const char* end = amount.data() + amount.size();
  const auto [stopped, problem] = std::from_chars(amount.data(), end, value);
  constexpr double kLargest = 9e15;  // beyond it a double no longer holds every unit
  if (problem != std::errc{} || stopped != end || !std::isfinite(value) || std::abs(value) > kLargest)
    throw std::runtime_error("'" + amount + "' is not an amount");
  return std::llround(value * std::pow(10, minor_digits(currency)));
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
  if (!transaction.original.empty()) result["original"] = transaction.original;
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
  const OptionalValue customer(mapping.customer_id, reader);
  const BoundValue at(mapping.at, reader);
  const BoundValue currency(mapping.currency, reader);
  const OptionalValue type(mapping.type, reader);
  const OptionalValue original(mapping.original, reader);
  const BoundValue product(mapping.product_id, reader);
  const BoundValue description(mapping.description, reader);
  const BoundValue quantity(mapping.quantity, reader);
  const BoundValue amount(mapping.amount, reader);
  const auto* zone = date::locate_zone(mapping.time_zone);

  std::map<std::pair<std::string, std::string>, std::size_t>
      positions;                  // of what this file has, by store and id
  std::size_t record_number = 1;  // the header
  while (auto record = reader.next()) {
    ++record_number;
    try {
      const auto [position, is_new] =
          positions.try_emplace({store.of(*record), id.of(*record)}, transactions_.size());
      if (is_new) {
        Transaction head;
        head.id = id.of(*record);
        head.store = store.of(*record);
        head.customer_id = customer.of(*record);
        if (mapping.type) head.type = known_type(type.of(*record));
        head.original = original.of(*record);
        head.currency = currency.of(*record);
        const auto when = in_zone(at.of(*record), *zone);
        head.at_ms = when.at_ms;
        head.utc_offset_minutes = when.utc_offset_minutes;
        add(std::move(head));
      }
      auto& receipt = transactions_[position->second];
      receipt.lines.push_back({product.of(*record), description.of(*record), quantity.of(*record),
                               minor_units(amount.of(*record), receipt.currency)});
    } catch (const std::runtime_error& problem) {
      throw std::runtime_error(file.string() + ", record " + std::to_string(record_number) + ": " +
                               problem.what());
    }
  }
}

void TransactionStore::add(Transaction transaction) {
  by_id_[transaction.id].push_back(transactions_.size());
  if (!transaction.customer_id.empty()) by_customer_[transaction.customer_id].push_back(transactions_.size());
  transactions_.push_back(std::move(transaction));
}

const Transaction* TransactionStore::find(std::string_view id, std::string_view own_store) const {
  const auto candidates = with_id(id);
  const auto own = std::find_if(candidates.begin(), candidates.end(),
                                [&](const Transaction* each) { return each->store == own_store; });
  if (own != candidates.end()) return *own;
  return candidates.empty() ? nullptr : candidates.front();
}

std::vector<const Transaction*> TransactionStore::with_id(std::string_view id) const {
  std::vector<const Transaction*> result;
  if (const auto found = by_id_.find(id); found != by_id_.end())
    for (const auto index : found->second) result.push_back(&transactions_[index]);
  return result;
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
