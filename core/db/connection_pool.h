#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "core/db/database.h"

namespace ccms::db {

/// A bounded set of connections of one role. Thread-safe. Poco's own SessionPool throws at once when it is
/// exhausted and lends dead sessions again, hence this one.
class ConnectionPool {
 public:
  ConnectionPool(std::shared_ptr<const Connector> connector, Connector::Role role, std::size_t limit,
                 const DatabaseOptions& options);

  std::unique_ptr<Connection> acquire();
  void release(std::unique_ptr<Connection> connection) noexcept;
  void close_idle();
  PoolStats stats() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Idle {
    std::unique_ptr<Connection> connection;
    Clock::time_point since;
  };

  std::unique_ptr<Connection> usable(Idle idle);
  std::unique_ptr<Connection> open_new();
  void give_up_slot() noexcept;

  const std::shared_ptr<const Connector> connector_;
  const Connector::Role role_;
  const std::size_t limit_;
  const std::chrono::milliseconds lease_timeout_;
  const std::chrono::milliseconds check_after_idle_;

  mutable std::mutex mutex_;
  std::condition_variable slot_freed_;
  std::vector<Idle> idle_;  // last in, first out: the warmest one is lent first
  PoolStats counts_;        // in_use counts slots, also while a connection is being opened
};

}  // namespace ccms::db
