#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

#include "core/db/connection.h"

namespace ccms::db {

class ConnectionPool;

/// How often, and after which pause, a transaction that lost a deadlock or met a lock is run again.
struct RetryPolicy {
  int attempts = 6;  ///< all of them, the first included
  /// Called before attempt 2, 3, …; tests count instead of sleeping. The default sleeps for a random time of
  /// at most 5 ms, doubled with every attempt.
  std::function<void(int next_attempt)> backoff;
};

struct DatabaseOptions {
  std::chrono::milliseconds lease_timeout{5000};  ///< how long a caller waits for a free connection
  std::chrono::milliseconds check_after_idle{
      5000};  ///< a connection idle for longer is asked for a sign of life
  RetryPolicy retry;
};

/// A connection borrowed from the pool; it goes back when the lease dies. Moves, never copies; used by one
/// thread at a time. Never take a second lease while holding one: with a single writer that waits for itself.
class Lease {
 public:
  Lease(std::shared_ptr<ConnectionPool> pool, std::unique_ptr<Connection> connection);
  Lease(Lease&&) noexcept = default;
  Lease& operator=(Lease&&) = delete;
  ~Lease();

  Connection& operator*() const noexcept { return *connection_; }
  Connection* operator->() const noexcept { return connection_.get(); }

 private:
  std::shared_ptr<ConnectionPool> pool_;
  std::unique_ptr<Connection> connection_;
};

struct PoolStats {
  std::size_t in_use = 0;
  std::size_t open = 0;
  std::size_t limit = 0;
  std::uint64_t waits = 0;      ///< leases that had to wait
  std::uint64_t timeouts = 0;   ///< waits that ended in pool_exhausted
  std::uint64_t discarded = 0;  ///< connections closed because they were broken, dead or left unclean
};

/// A database and its bounded pools of connections. Thread-safe. Connections are opened when first needed, so
/// that migrate() can refuse a database of newer code before anything has touched it.
///
/// SQLite: one connection writes and checkpoints, N more only read, at the same time as the writer. MariaDB:
/// one pool.
class Database {
 public:
  explicit Database(std::shared_ptr<const Connector> connector, DatabaseOptions options = {});
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Waits for a free connection; DbError(pool_exhausted) after lease_timeout.
  Lease writer();
  Lease reader();

  const Dialect& dialect() const noexcept;
  const Connector& connector() const noexcept { return *connector_; }
  const DatabaseOptions& options() const noexcept { return options_; }
  PoolStats writer_stats() const;
  PoolStats reader_stats() const;
  /// Closes the connections that nobody is using; they are opened again when needed.
  void close_idle();

 private:
  std::shared_ptr<const Connector> connector_;
  DatabaseOptions options_;
  std::shared_ptr<ConnectionPool> writers_;
  std::shared_ptr<ConnectionPool> readers_;  // the same as writers_ where reads need no pool of their own
};

}  // namespace ccms::db
