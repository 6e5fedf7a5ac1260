#pragma once

#include <string>

#include "core/db/connection.h"
#include "core/domain/complainant.h"
#include "server/app/clock.h"

namespace ccms::server {

/// What somebody knew of a customer at a time.
struct CustomerStatement {
  domain::Customer customer;  ///< with an id, else there is nobody to remember it of
  Instant at;
  std::string phone_region;  ///< in whose manner its numbers are written; see phone_region.h
  /// Whether it names every identifier of a kind that it names one of: others of that kind then end at `at`.
  bool is_complete = true;
};

/// The customers, and which number belongs to whom from when to when. Belongs into the caller's transaction;
/// throws db::DbError.
class CustomerStore {
 public:
  explicit CustomerStore(db::Connection& connection) : connection_(connection) {}

  /// Takes a statement over. Statements come in any order (a till may be offline for days, a ledger is
  /// imported file by file): what an older one says ends where a newer one begins. Safe to repeat.
  void note(const CustomerStatement& statement);

 private:
  db::Connection& connection_;
};

}  // namespace ccms::server
