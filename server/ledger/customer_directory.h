#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/domain/transaction.h"

namespace ccms::server {

/// What the chain's books say about one purchase.
struct PurchaseEvidence {
  std::optional<domain::Transaction> transaction;  ///< absent: the books do not have it (yet)
  std::vector<domain::Transaction> returns;  ///< returns and exchanges of it, in whatever store of the chain
};

/// Where the server looks up who bought what. The embedded ledger is one; a chain's loyalty system can be
/// another. Thread-safe; may be slow, so it is asked before a database transaction opens, never inside one.
class CustomerDirectory {
 public:
  virtual ~CustomerDirectory() = default;
  /// A receipt number is unique together with its store. Throws when the directory cannot be asked.
  virtual PurchaseEvidence purchase(const std::string& store, const std::string& transaction_id) = 0;
};

}  // namespace ccms::server
