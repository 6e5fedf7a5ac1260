#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "host-sim/data/transaction_mapping.h"

namespace ccms::host_sim {

/// One line of a receipt, as the file has it.
struct TransactionLine {
  std::string product_id;
  std::string description;
  std::string quantity;     ///< decimal text
  std::int64_t amount = 0;  ///< minor units
};

/// One receipt of the till's own sales.
struct Transaction {
  std::string id;
  std::string store;
  std::string customer_id;
  std::string type = "sale";
  std::string original;  ///< of a return or an exchange: the receipt that it is about; empty when not said
  std::string currency;
  std::int64_t at_ms = 0;  ///< UTC, epoch milliseconds
  int utc_offset_minutes = 0;
  std::vector<TransactionLine> lines;

  std::int64_t total() const;
};

/// The JSON that the plugin takes as "transaction".
nlohmann::ordered_json to_json(const Transaction& transaction);

/// The till's local record of sales: what a scan of a receipt or a customer finds without a network.
/// Threads: filled once, then read from any thread.
class TransactionStore {
 public:
  /// Adds a file's receipts; lines of one receipt (same store, same id) need not stand together.
  /// Errors: std::runtime_error naming file, record and column. Odd but readable rows (zero amounts, empty
  /// descriptions, huge quantities) are kept as they are.
  void load_csv(const std::filesystem::path& file, const TransactionMapping& mapping);

  /// Receipt numbers are a store's own. Of several with this one, that of the given store, else the first
  /// read.
  const Transaction* find(std::string_view id, std::string_view own_store = {}) const;
  /// All with this number, in the order of the files.
  std::vector<const Transaction*> with_id(std::string_view id) const;
  /// Newest first.
  std::vector<const Transaction*> of_customer(std::string_view customer_id) const;
  /// Each customer's receipt with the most lines (the earliest of equals), in the order of customer ids.
  std::vector<const Transaction*> fullest_baskets() const;
  const std::vector<Transaction>& all() const noexcept { return transactions_; }

 private:
  void add(Transaction transaction);

  std::vector<Transaction> transactions_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_id_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_customer_;
};

/// How many decimals the currency's amounts have (ISO 4217): 2 for EUR, 0 for JPY, 3 for KWD.
int minor_digits(std::string_view currency);

/// Reads an amount ("1.99", "-19.80", "4.4e-16") as the currency's minor units, rounding half away from zero.
/// Errors: std::runtime_error when it is not a number.
std::int64_t minor_units(const std::string& amount, std::string_view currency);

}  // namespace ccms::host_sim
