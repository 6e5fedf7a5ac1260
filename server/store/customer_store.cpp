#include "server/store/customer_store.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "server/store/ticket_index.h"

namespace ccms::server {
namespace {

using Numbers = std::set<std::string>;

/// One row: a number that is the customer's from `from` until, exclusively, `to`.
struct Period {
  std::string number;
  std::int64_t from = 0;
  std::optional<std::int64_t> to;

  bool holds_at(std::int64_t at) const { return from <= at && (!to || at < *to); }
};

std::map<std::string, Numbers> numbers_by_type(const CustomerStatement& statement) {
  std::map<std::string, Numbers> numbers;
  for (const auto& identifier : statement.customer.identifiers) {
    for (auto& row :
         index_numbers(domain::to_text(identifier.type), identifier.value, statement.phone_region))
      numbers[row.type].insert(std::move(row.number));
  }
  return numbers;
}

/// The rows of one customer and one kind of number, and how a statement changes them.
class Periods {
 public:
  Periods(db::Connection& connection, std::string customer, std::string type)
      : connection_(connection), customer_(std::move(customer)), type_(std::move(type)) {
    const auto rows = connection_.query(
        "SELECT number, valid_from_at, valid_to_at FROM customer_identifiers WHERE customer_id = ? AND type "
        "= ?" +
            std::string(connection_.dialect().for_update()),
        {customer_, type_});
    for (const auto& row : rows)
      periods_.push_back(
          {row.text("number"), row.integer("valid_from_at"), row.optional_integer("valid_to_at")});
  }

  void end_others(const Numbers& stated, std::int64_t at) {
    for (auto& period : periods_) {
      if (stated.contains(period.number) || period.from >= at || !period.holds_at(at)) continue;
      period.to = at;
      connection_.execute(
          "UPDATE customer_identifiers SET valid_to_at = ? WHERE customer_id = ? AND type = ? AND number = ? "
          "AND valid_from_at = ?",
          {at, customer_, type_, period.number, period.from});
    }
  }

  void begin(const std::string& number, std::int64_t at, std::optional<std::int64_t> to) {
    for (auto& period : periods_) {
      if (period.number != number) continue;
      if (period.holds_at(at)) return;
      if (period.from > at && (!to || period.from <= *to)) return set_beginning(period, at);
    }
    connection_.execute(
        "INSERT INTO customer_identifiers (customer_id, type, number, valid_from_at, valid_to_at) "
        "VALUES (?, ?, ?, ?, ?)",
        {customer_, type_, number, at, to});
    periods_.push_back({number, at, to});
  }

  /// When a later statement named other numbers: the first such time after `at`.
  std::optional<std::int64_t> next_change(const Numbers& stated, std::int64_t at) const {
    std::optional<std::int64_t> next;
    for (const auto& period : periods_) {
      if (period.from > at && !stated.contains(period.number) && (!next || period.from < *next))
        next = period.from;
    }
    return next;
  }

 private:
  void set_beginning(Period& period, std::int64_t at) {
    connection_.execute(
        "UPDATE customer_identifiers SET valid_from_at = ? WHERE customer_id = ? AND type = ? AND number = ? "
        "AND valid_from_at = ?",
        {at, customer_, type_, period.number, period.from});
    period.from = at;
  }

  db::Connection& connection_;
  const std::string customer_;
  const std::string type_;
  std::vector<Period> periods_;
};

/// Also makes statements about one customer come one after the other: the row stays locked.
void write_customer(db::Connection& connection, const domain::Customer& customer) {
  connection.execute(
      "INSERT INTO customers (customer_id, name) VALUES (?, ?)" +
          connection.dialect().upsert(
              "customer_id", customer.name ? std::vector<std::string>{"name"} : std::vector<std::string>{}),
      {customer.id->str(), customer.name});
}

}  // namespace

void CustomerStore::note(const CustomerStatement& statement) {
  if (!statement.customer.id) return;
  write_customer(connection_, statement.customer);
  const std::int64_t at = to_epoch_ms(statement.at);
  for (const auto& [type, numbers] : numbers_by_type(statement)) {
    Periods periods(connection_, statement.customer.id->str(), type);
    const auto next = statement.is_complete ? periods.next_change(numbers, at) : std::nullopt;
    if (statement.is_complete) periods.end_others(numbers, at);
    for (const auto& number : numbers) periods.begin(number, at, next);
  }
}

}  // namespace ccms::server
