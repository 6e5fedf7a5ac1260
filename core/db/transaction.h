#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

#include "core/db/database.h"

namespace ccms::db {

/// An open transaction on a borrowed connection: rolled back unless commit() was called. The statements are
/// plain SQL: Poco's own transaction functions leave MariaDB's autocommit off and begin SQLite's in deferred
/// mode.
class Transaction {
 public:
  /// Takes the write lock at once on SQLite. Throws DbError, (busy) when the lock stays taken.
  explicit Transaction(Connection& connection);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  /// Throws DbError; the transaction is then rolled back, unless the connection was lost: then nobody knows.
  void commit();
  void rollback() noexcept;

 private:
  Connection& connection_;
  bool open_ = true;
};

/// The pause and the count of the attempts of one unit of work; see with_transaction().
class RetryLoop {
 public:
  explicit RetryLoop(const RetryPolicy& policy) : policy_(policy) {}
  /// Returns when the work is to be tried again; throws `error` when it is not. A lost connection is a reason
  /// to try again only when nothing had begun: afterwards nobody knows whether the COMMIT was done.
  void next_attempt_or_throw(const DbError& error, bool begun);

 private:
  const RetryPolicy& policy_;
  int attempt_ = 1;
};

/// Runs `work(Connection&)` in one transaction of `database`, commits and returns what it returned. An
/// exception rolls back; so does a returned object whose ok() is false, such as a failed Result. When the
/// database asks for it (deadlock, lock timeout, also at COMMIT) the whole work is run again from the start,
/// on a fresh lease: it must have no effect outside the database. Throws DbError when the attempts are used
/// up.
template <class Work>
auto with_transaction(Database& database, Work&& work) -> std::invoke_result_t<Work&, Connection&> {
  using Returned = std::invoke_result_t<Work&, Connection&>;
  RetryLoop retry(database.options().retry);
  for (;;) {
    bool begun = false;
    try {
      const Lease lease = database.writer();
      Transaction transaction(*lease);
      begun = true;
      if constexpr (std::is_void_v<Returned>) {
        work(*lease);
        transaction.commit();
        return;
      } else {
        Returned returned = work(*lease);
        bool keep = true;
        if constexpr (requires {
                        { returned.ok() } -> std::convertible_to<bool>;
                      })
          keep = returned.ok();
        if (keep) transaction.commit();
        return returned;
      }
    } catch (const DbError& error) {
      retry.next_attempt_or_throw(error, begun);
    }
  }
}

}  // namespace ccms::db
