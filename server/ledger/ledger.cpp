#include "server/ledger/ledger.h"

#include <algorithm>

#include "core/db/transaction.h"
#include "core/domain/text.h"
#include "server/store/row_writer.h"
#include "server/verification/check_schedule.h"

namespace ccms::server {
namespace {

constexpr std::size_t kBatch = 500;

std::int64_t total_of(const domain::Transaction& transaction) {
  const auto value = domain::transaction_value(transaction);
  return value ? value->amount : 0;
}

std::string currency_of(const domain::Transaction& transaction) {
  const auto value = domain::transaction_value(transaction);
  return value ? value->currency : "";
}

std::optional<std::string> text_of(const std::optional<domain::CustomerId>& id) {
  if (!id) return std::nullopt;
  return id->str();
}

std::optional<std::string> text_of(const std::optional<domain::TillId>& id) {
  if (!id) return std::nullopt;
  return id->str();
}

void write_batch(db::Connection& connection, const domain::Transaction* first,
                 const domain::Transaction* last, Instant now) {
  RowWriter heads(
      connection,
      "ledger_transactions (transaction_id, store, type, original_id, till, at, utc_offset_minutes, "
      "customer_id, currency, total_amount, imported_at)",
      11);
  RowWriter lines(connection,
                  "ledger_lines (transaction_id, store, line, product_id, description, quantity, amount)", 7);
  for (const auto* t = first; t != last; ++t) {
    connection.execute("DELETE FROM ledger_transactions WHERE transaction_id = ? AND store = ?",
                       {t->id, t->store.str()});
    connection.execute("DELETE FROM ledger_lines WHERE transaction_id = ? AND store = ?",
                       {t->id, t->store.str()});
    heads.add({t->id, t->store.str(), domain::to_text(t->type), t->original, text_of(t->till),
               to_epoch_ms(t->at), t->utc_offset_minutes, text_of(t->customer_id), currency_of(*t),
               total_of(*t), to_epoch_ms(now)});
    for (const auto& line : t->lines) {
      lines.add({t->id, t->store.str(), line.line, line.product_id,
                 std::string(domain::truncate_code_points(line.description, domain::kShortTextLimit)),
                 line.quantity.str(), line.amount.amount});
    }
  }
  heads.finish();
  lines.finish();
}

domain::Transaction head_from(const db::Row& row) {
  domain::Transaction t;
  t.id = row.text("transaction_id");
  t.type = domain::from_text<domain::TransactionType>(row.text("type")).value();
  t.original = row.optional_text("original_id");
  t.store = domain::StoreId(row.text("store"));
  if (const auto till = row.optional_text("till")) t.till = domain::TillId(*till);
  t.at = from_epoch_ms(row.integer("at"));
  t.utc_offset_minutes = static_cast<int>(row.integer("utc_offset_minutes"));
  if (const auto customer = row.optional_text("customer_id")) t.customer_id = domain::CustomerId(*customer);
  // Lines of several currencies have no sum.
  if (const auto& currency = row.text("currency"); !currency.empty())
    t.total = domain::Money{row.integer("total_amount"), currency};
  return t;
}

void read_lines(db::Connection& connection, domain::Transaction& transaction) {
  const auto rows = connection.query(
      "SELECT line, product_id, description, quantity, amount FROM ledger_lines "
      "WHERE transaction_id = ? AND store = ? ORDER BY line",
      {transaction.id, transaction.store.str()});
  for (const auto& row : rows) {
    domain::TransactionLine line;
    line.line = static_cast<int>(row.integer("line"));
    line.product_id = row.text("product_id");
    line.description = row.text("description");
    line.quantity = domain::Quantity::parse(row.text("quantity")).value_or(domain::Quantity());
    line.amount = {row.integer("amount"), transaction.total ? transaction.total->currency : ""};
    transaction.lines.push_back(std::move(line));
  }
}

constexpr const char* kHeadColumns =
    "SELECT transaction_id, store, type, original_id, till, at, utc_offset_minutes, customer_id, currency, "
    "total_amount "
    "FROM ledger_transactions ";

/// A receipt number is unique within its store, and a return says only the number that it goes back to. At
/// the store itself it is that store's receipt; at another one that has no such receipt of its own the goods
/// were brought back from elsewhere: from here, unless another customer brought them.
constexpr const char* kReturnsOf =
    "WHERE original_id = ? AND (store = ? OR NOT EXISTS (SELECT 1 FROM ledger_transactions own "
    "WHERE own.transaction_id = ledger_transactions.original_id AND own.store = ledger_transactions.store))";

bool may_be_of(const domain::Transaction& back, const domain::Transaction& sale) {
  return back.store == sale.store || !back.customer_id || !sale.customer_id ||
         *back.customer_id == *sale.customer_id;
}

}  // namespace

PurchaseEvidence Ledger::purchase(const std::string& store, const std::string& transaction_id) {
  static const std::string by_id = std::string(kHeadColumns) + "WHERE transaction_id = ? AND store = ?";
  static const std::string by_original = std::string(kHeadColumns) + kReturnsOf;
  PurchaseEvidence evidence;
  const auto lease = database_.reader();
  const auto found = lease->query(by_id, {transaction_id, store});
  if (found.empty()) return evidence;
  evidence.transaction = head_from(found.front());
  read_lines(*lease, *evidence.transaction);
  const auto returns = lease->query(by_original, {transaction_id, store});
  for (const auto& row : returns) {
    auto back = head_from(row);
    if (!may_be_of(back, *evidence.transaction)) continue;
    read_lines(*lease, back);
    evidence.returns.push_back(std::move(back));
  }
  return evidence;
}

void Ledger::add(const std::vector<domain::Transaction>& transactions, Instant now) {
  for (std::size_t from = 0; from < transactions.size(); from += kBatch) {
    const auto to = std::min(from + kBatch, transactions.size());
    db::with_transaction(database_, [&](db::Connection& connection) {
      write_batch(connection, transactions.data() + from, transactions.data() + to, now);
    });
  }
  db::with_transaction(database_, [&](db::Connection& connection) { make_imported_due(connection, now); });
}

void Ledger::add_customers(const std::vector<CustomerStatement>& statements) {
  for (std::size_t from = 0; from < statements.size(); from += kBatch) {
    const auto to = std::min(from + kBatch, statements.size());
    db::with_transaction(database_, [&](db::Connection& connection) {
      CustomerStore customers(connection);
      for (std::size_t i = from; i < to; ++i) customers.note(statements[i]);
    });
  }
}

}  // namespace ccms::server
