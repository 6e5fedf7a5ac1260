#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "core/db/db_error.h"
#include "core/db/dialect.h"
#include "core/db/rows.h"
#include "core/db/value.h"

namespace Poco {
class Exception;
}

namespace ccms::db {

/// What one execution gave: the rows of a SELECT, or the number of rows that were changed.
struct Outcome {
  Rows rows;
  std::int64_t affected = 0;
};

/// A compiled statement of one database handle; dies before it. Used by one thread at a time.
class PreparedStatement {
 public:
  virtual ~PreparedStatement() = default;
  /// May be called again and again; after an exception the statement must be thrown away.
  virtual Outcome run(const Params& params) = 0;
  /// Memory kept for the columns of a row while the statement lives; known after the first run.
  virtual std::size_t held_bytes() const = 0;
};

/// One open database handle: what differs between the databases. Used by one thread at a time. Functions
/// throw Poco's exceptions, which translate() turns into ours: Connection does that in one place.
class Driver {
 public:
  virtual ~Driver() = default;
  virtual std::unique_ptr<PreparedStatement> prepare(const std::string& sql) = 0;
  /// Called right after the failure, as it asks the handle for the error's number.
  virtual DbError translate(const Poco::Exception& failure) = 0;
  /// The statement that starts a transaction which is going to write.
  virtual const std::string& begin_sql() const = 0;
  /// Whether a transaction is open, as far as the handle knows without asking the database.
  virtual bool in_transaction() = 0;
  /// Whether the session is as it was when opened, so that it may be lent to somebody else.
  virtual bool session_clean() = 0;
  /// Asks the database for a sign of life.
  virtual bool alive() = 0;
};

/// Opens handles of one database; thread-safe.
class Connector {
 public:
  enum class Role { writer, reader };

  struct PoolSizes {
    std::size_t writers = 1;  ///< connections that may write
    std::size_t readers = 0;  ///< further ones that only read; 0: readers borrow from the writers
  };

  virtual ~Connector() = default;
  virtual const Dialect& dialect() const = 0;
  virtual PoolSizes pool_sizes() const = 0;
  /// Throws DbError.
  virtual std::unique_ptr<Driver> open(Role role) const = 0;
  /// A handle to look at a database without changing a byte of it, or null when there is none yet.
  virtual std::unique_ptr<Driver> open_untouched() const = 0;
};

}  // namespace ccms::db
