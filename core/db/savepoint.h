#pragma once

#include "core/db/connection.h"

namespace ccms::db {

/// A place within an open transaction to which it can go back: undone to there unless keep() was called. Not
/// nested: one at a time on a connection. A database that rolled the whole transaction back (deadlock) has
/// forgotten it; nothing is left to undo then.
class Savepoint {
 public:
  /// Throws DbError.
  explicit Savepoint(Connection& connection);
  ~Savepoint();
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;

  /// What was done since then stays part of the transaction. Throws DbError.
  void keep();
  /// Undoes what was done since then; the transaction goes on. Throws DbError: the transaction cannot be kept
  /// then.
  void undo();

 private:
  Connection& connection_;
  bool open_ = true;
};

}  // namespace ccms::db
