#include "core/db/transaction.h"

namespace ccms::db {

Transaction::Transaction(Connection& connection) : connection_(connection) {
  connection_.execute(connection_.driver().begin_sql());
}

Transaction::~Transaction() { rollback(); }

void Transaction::commit() {
  connection_.execute("COMMIT");
  open_ = false;
}

void Transaction::rollback() noexcept {
  if (!open_) return;
  open_ = false;
  // Some failures (disk full, deadlock) have rolled back already; a broken connection is closed anyway.
  try {
    if (connection_.broken() || !connection_.driver().in_transaction()) return;
    connection_.execute("ROLLBACK");
  } catch (const std::exception&) {
    connection_.mark_broken();
  }
}

void RetryLoop::next_attempt_or_throw(const DbError& error, bool begun) {
  const bool worth_it = error.retryable() || (error.kind() == ErrorKind::connection_lost && !begun);
  if (!worth_it || attempt_ >= policy_.attempts) throw DbError(error);
  ++attempt_;
  policy_.backoff(attempt_);
}

}  // namespace ccms::db
