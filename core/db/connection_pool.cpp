#include "core/db/connection_pool.h"

#include <string>

namespace ccms::db {
namespace {

/// A connection may go back only as it was lent: no open transaction, no session setting changed.
bool tidy(Connection& connection) noexcept {
  if (connection.broken()) return false;
  try {
    if (connection.driver().in_transaction()) connection.execute("ROLLBACK");
    return connection.driver().session_clean();
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace

ConnectionPool::ConnectionPool(std::shared_ptr<const Connector> connector, Connector::Role role,
                               std::size_t limit, const DatabaseOptions& options)
    : connector_(std::move(connector)),
      role_(role),
      limit_(limit),
      lease_timeout_(options.lease_timeout),
      check_after_idle_(options.check_after_idle) {
  idle_.reserve(limit);  // so that release() never allocates
}

std::unique_ptr<Connection> ConnectionPool::acquire() {
  Idle idle;
  {
    std::unique_lock lock(mutex_);
    const auto has_slot = [this] { return counts_.in_use < limit_; };
    if (!has_slot()) {
      ++counts_.waits;
      if (!slot_freed_.wait_until(lock, Clock::now() + lease_timeout_, has_slot)) {
        ++counts_.timeouts;
        throw DbError(ErrorKind::pool_exhausted, "all " + std::to_string(limit_) +
                                                     " connections stayed in use for " +
                                                     std::to_string(lease_timeout_.count()) + " ms");
      }
    }
    ++counts_.in_use;
    if (!idle_.empty()) {
      idle = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  // Talking to the database happens outside the lock; the slot is ours already.
  try {
    return idle.connection ? usable(std::move(idle)) : open_new();
  } catch (...) {
    give_up_slot();
    throw;
  }
}

std::unique_ptr<Connection> ConnectionPool::usable(Idle idle) {
  const bool rested = Clock::now() - idle.since >= check_after_idle_;
  if (!rested || idle.connection->driver().alive()) return std::move(idle.connection);
  idle.connection.reset();
  {
    const std::lock_guard lock(mutex_);
    --counts_.open;
    ++counts_.discarded;
  }
  return open_new();
}

std::unique_ptr<Connection> ConnectionPool::open_new() {
  auto connection = std::make_unique<Connection>(connector_->open(role_), connector_->dialect());
  const std::lock_guard lock(mutex_);
  ++counts_.open;
  return connection;
}

void ConnectionPool::release(std::unique_ptr<Connection> connection) noexcept {
  const bool reusable = tidy(*connection);
  if (!reusable) connection.reset();
  {
    const std::lock_guard lock(mutex_);
    --counts_.in_use;
    if (reusable) {
      idle_.push_back({std::move(connection), Clock::now()});
    } else {
      --counts_.open;
      ++counts_.discarded;
    }
  }
  slot_freed_.notify_one();
}

void ConnectionPool::give_up_slot() noexcept {
  {
    const std::lock_guard lock(mutex_);
    --counts_.in_use;
  }
  slot_freed_.notify_one();
}

void ConnectionPool::close_idle() {
  std::vector<Idle> closing;
  closing.reserve(limit_);
  const std::lock_guard lock(mutex_);
  closing.swap(idle_);
  counts_.open -= closing.size();
  closing.clear();
}

PoolStats ConnectionPool::stats() const {
  const std::lock_guard lock(mutex_);
  PoolStats stats = counts_;
  stats.limit = limit_;
  return stats;
}

}  // namespace ccms::db
