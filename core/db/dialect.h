#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ccms::db {

/// The few places where the SQL of the databases differs. Everything else is written once, in the common
/// part:
/// `?` parameters, LIMIT/OFFSET, common table expressions, window functions, JSON_EXTRACT, BIGINT times.
class Dialect {
 public:
  virtual ~Dialect() = default;

  virtual std::string_view name() const = 0;  ///< "sqlite" or "mariadb"

  /// What follows `INSERT INTO t (…) VALUES (…)` to overwrite the row that has the same `key`. `columns` take
  /// the values of the new row; when empty, an existing row is left as it is.
  virtual std::string upsert(std::string_view key, const std::vector<std::string>& columns) const = 0;

  /// Appended to a SELECT that reads rows in order to change them in the same transaction. Empty on SQLite,
  /// where the transaction holds the only write lock already.
  virtual std::string_view for_update() const = 0;

  /// Text expression of several parts joined, as `||` means OR to MariaDB.
  virtual std::string concat(const std::vector<std::string>& parts) const = 0;

  /// Replaces the tokens of a schema statement:
  ///   {{id}}        text of at most 64 characters compared byte by byte: ids, codes, states (indexable)
  ///   {{name}}      text of at most 255 characters compared byte by byte (indexable)
  ///   {{text}}      text of at most 64 kB, not indexable; also for JSON
  ///   {{blob}}      at most 64 kB of bytes          {{int}}  64-bit integer, also for times in ms
  ///   {{real}}      double                          {{auto_id}}  a primary key column that counts by itself
  ///   {{table}}     the options that end a CREATE TABLE
  ///   {{add_column}} follows ALTER TABLE t, and may be run again
  /// An unknown token throws DbError(other).
  std::string expand(std::string_view sql) const;

  /// SELECT that returns one row when the table given as its only parameter exists.
  virtual std::string_view table_exists_sql() const = 0;

  /// True when schema statements can be rolled back together with everything else.
  virtual bool transactional_schema() const = 0;

  /// SELECTs that take (1 when taken) and release the lock under which the schema is changed, held by the
  /// connection; empty where the transaction is the lock.
  virtual std::string_view take_schema_lock_sql() const = 0;
  virtual std::string_view release_schema_lock_sql() const = 0;

 protected:
  /// The replacement of a token, or empty.
  virtual std::string_view token(std::string_view name) const = 0;
};

}  // namespace ccms::db
