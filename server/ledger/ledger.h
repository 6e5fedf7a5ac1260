#pragma once

#include "core/db/database.h"
#include "server/app/clock.h"
#include "server/ledger/customer_directory.h"
#include "server/store/customer_store.h"

namespace ccms::server {

/// The embedded customer directory: purchases imported into our own database. Thread-safe.
class Ledger final : public CustomerDirectory {
 public:
  explicit Ledger(db::Database& database) : database_(database) {}

  PurchaseEvidence purchase(const std::string& store, const std::string& transaction_id) override;

  /// Adds or replaces purchases, in batches, and makes due the checks that waited for them. Throws
  /// db::DbError; the batches before stay.
  void add(const std::vector<domain::Transaction>& transactions, Instant now);

  /// Takes over what is known of customers, in batches. Throws db::DbError; the batches before stay.
  void add_customers(const std::vector<CustomerStatement>& statements);

 private:
  db::Database& database_;
};

}  // namespace ccms::server
