#pragma once

#include <stdexcept>
#include <string>

namespace ccms::db {

/// What a caller may want to tell apart; the rest is `other`.
enum class ErrorKind {
  unique_violation,  ///< a row with this key exists already
  constraint,        ///< NOT NULL, CHECK or foreign key
  busy,              ///< somebody else holds the lock; the transaction may be tried again
  deadlock,          ///< the database chose this transaction as the victim; it may be tried again
  connection_lost,   ///< the connection is gone; whether a COMMIT under way was done is unknown
  full,              ///< no room left on the disk or in the table
  read_only,         ///< the database cannot be written
  io,                ///< reading or writing the file failed
  corrupt,           ///< the file is damaged or no database
  pool_exhausted,    ///< every connection stayed in use until the deadline
  schema_mismatch,   ///< written by newer code, or a migration was changed after it had been applied
  other,
};

const char* to_string(ErrorKind kind) noexcept;

/// The one exception of this layer. Nothing of Poco, SQLite or MariaDB passes beyond it, apart from
/// std::bad_alloc. The message names the kind and what the database said; it never holds bound values.
class DbError : public std::runtime_error {
 public:
  DbError(ErrorKind kind, const std::string& message, int native_code = 0)
      : std::runtime_error(std::string(to_string(kind)) + ": " + message),
        kind_(kind),
        native_code_(native_code) {}

  ErrorKind kind() const noexcept { return kind_; }
  /// The database's own number (an extended SQLite result code, a MariaDB error number), or 0.
  int native_code() const noexcept { return native_code_; }
  /// True when running the whole transaction again can succeed.
  bool retryable() const noexcept { return kind_ == ErrorKind::busy || kind_ == ErrorKind::deadlock; }

 private:
  ErrorKind kind_;
  int native_code_;
};

}  // namespace ccms::db
