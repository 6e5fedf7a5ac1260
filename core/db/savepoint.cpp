#include "core/db/savepoint.h"

#include <exception>

namespace ccms::db {

Savepoint::Savepoint(Connection& connection) : connection_(connection) {
  connection_.execute("SAVEPOINT ccms_savepoint");
}

Savepoint::~Savepoint() {
  if (!open_) return;
  // A transaction that is over, or cannot be continued, takes the savepoint with it.
  try {
    if (!connection_.broken() && connection_.driver().in_transaction()) undo();
  } catch (const std::exception&) {
    connection_.mark_broken();
  }
}

void Savepoint::keep() {
  connection_.execute("RELEASE SAVEPOINT ccms_savepoint");
  open_ = false;
}

void Savepoint::undo() {
  open_ = false;
  connection_.execute("ROLLBACK TO SAVEPOINT ccms_savepoint");
  // SQLite keeps the savepoint itself, and would stack the next one on top of it.
  connection_.execute("RELEASE SAVEPOINT ccms_savepoint");
}

}  // namespace ccms::db
