#include "core/db/database.h"

#include <algorithm>
#include <random>
#include <thread>

#include "core/db/connection_pool.h"

namespace ccms::db {
namespace {

void sleep_with_jitter(int next_attempt) {
  thread_local std::minstd_rand random{std::random_device{}()};
  const long longest_us = 5000L << std::clamp(next_attempt - 2, 0, 6);
  std::this_thread::sleep_for(
      std::chrono::microseconds(std::uniform_int_distribution<long>(0, longest_us)(random)));
}

}  // namespace

Lease::Lease(std::shared_ptr<ConnectionPool> pool, std::unique_ptr<Connection> connection)
    : pool_(std::move(pool)), connection_(std::move(connection)) {}

Lease::~Lease() {
  if (connection_) pool_->release(std::move(connection_));
}

Database::Database(std::shared_ptr<const Connector> connector, DatabaseOptions options)
    : connector_(std::move(connector)), options_(std::move(options)) {
  if (!options_.retry.backoff) options_.retry.backoff = sleep_with_jitter;
  const auto sizes = connector_->pool_sizes();
  writers_ = std::make_shared<ConnectionPool>(connector_, Connector::Role::writer, sizes.writers, options_);
  readers_ = sizes.readers == 0 ? writers_
                                : std::make_shared<ConnectionPool>(connector_, Connector::Role::reader,
                                                                   sizes.readers, options_);
}

Database::~Database() = default;

Lease Database::writer() { return {writers_, writers_->acquire()}; }
Lease Database::reader() { return {readers_, readers_->acquire()}; }
const Dialect& Database::dialect() const noexcept { return connector_->dialect(); }
PoolStats Database::writer_stats() const { return writers_->stats(); }
PoolStats Database::reader_stats() const { return readers_->stats(); }

void Database::close_idle() {
  readers_->close_idle();
  writers_->close_idle();  // last: the writer is the one that checkpoints
}

}  // namespace ccms::db
