#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/db/driver.h"

namespace ccms::db {

/// One connection as repositories see it: statements with bound parameters. Not thread-safe; borrowed from a
/// Database for the time of one piece of work. Compiled statements are kept and reused, the least recently
/// used one is dropped at the limit: write SQL as constant text and bind every value. All functions throw
/// DbError.
class Connection {
 public:
  explicit Connection(std::unique_ptr<Driver> driver, const Dialect& dialect);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Runs a statement that returns no rows; returns the number of rows inserted, deleted or matched by it.
  /// (An UPDATE that changes nothing counts on SQLite and does not on MariaDB: always change a version
  /// column.)
  std::int64_t execute(std::string_view sql, const Params& params = {});
  /// Runs a statement and copies its rows out.
  Rows query(std::string_view sql, const Params& params = {});
  /// As execute(), for SQL that is run once, such as schema statements: it is not kept.
  void execute_once(std::string_view sql);

  const Dialect& dialect() const noexcept { return dialect_; }

  /// For the pool and the transaction guard.
  Driver& driver() noexcept { return *driver_; }
  /// True after an error which leaves the connection in doubt; it is closed instead of being lent again.
  bool broken() const noexcept { return broken_; }
  void mark_broken() noexcept { broken_ = true; }

 private:
  struct CachedStatement {
    std::string sql;
    std::unique_ptr<PreparedStatement> statement;
    std::size_t counted_bytes = 0;
  };
  using Cache = std::list<CachedStatement>;  // most recently used first

  Outcome run(std::string_view sql, const Params& params);
  Outcome run_cached(std::string_view sql, const Params& params);
  Cache::iterator find_or_prepare(std::string_view sql);
  void forget(Cache::iterator entry);
  void keep_within_limits();
  template <class Work>
  Outcome translated(Work&& work);

  std::unique_ptr<Driver> driver_;
  const Dialect& dialect_;
  Cache cache_;
  std::unordered_map<std::string_view, Cache::iterator> by_sql_;  // the keys live in cache_
  std::size_t cached_bytes_ = 0;
  bool broken_ = false;
};

}  // namespace ccms::db
