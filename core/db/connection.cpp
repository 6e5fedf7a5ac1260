#include "core/db/connection.h"

#include <Poco/Exception.h>

namespace ccms::db {
namespace {

constexpr std::size_t kCachedStatements = 128;
// MariaDB's statements hold the longest possible row: 256 kB for each TEXT column.
constexpr std::size_t kCachedBytes = 16U << 20U;

bool leaves_connection_in_doubt(ErrorKind kind) {
  return kind == ErrorKind::connection_lost || kind == ErrorKind::io || kind == ErrorKind::corrupt;
}

}  // namespace

Connection::Connection(std::unique_ptr<Driver> driver, const Dialect& dialect)
    : driver_(std::move(driver)), dialect_(dialect) {}

// Statements must be gone before their handle is closed; the order of the members alone would do the reverse.
Connection::~Connection() { cache_.clear(); }

std::int64_t Connection::execute(std::string_view sql, const Params& params) {
  return run(sql, params).affected;
}

Rows Connection::query(std::string_view sql, const Params& params) { return run(sql, params).rows; }

void Connection::execute_once(std::string_view sql) {
  translated([&] { return driver_->prepare(std::string(sql))->run({}); });
}

Outcome Connection::run(std::string_view sql, const Params& params) {
  return translated([&] { return run_cached(sql, params); });
}

Outcome Connection::run_cached(std::string_view sql, const Params& params) {
  const auto entry = find_or_prepare(sql);
  try {
    Outcome outcome = entry->statement->run(params);
    cached_bytes_ += entry->statement->held_bytes() - entry->counted_bytes;
    entry->counted_bytes = entry->statement->held_bytes();
    keep_within_limits();
    return outcome;
  } catch (const Poco::Exception& failure) {
    // The number of the error is asked for before the statement goes: closing it may reset the handle's
    // state.
    const DbError error = driver_->translate(failure);
    forget(entry);
    throw error;
  } catch (...) {
    forget(entry);
    throw;
  }
}

Connection::Cache::iterator Connection::find_or_prepare(std::string_view sql) {
  if (const auto found = by_sql_.find(sql); found != by_sql_.end()) {
    cache_.splice(cache_.begin(), cache_, found->second);
    return found->second;
  }
  auto statement = driver_->prepare(std::string(sql));
  cache_.push_front({std::string(sql), std::move(statement)});
  by_sql_.emplace(cache_.front().sql, cache_.begin());
  return cache_.begin();
}

void Connection::forget(Cache::iterator entry) {
  by_sql_.erase(entry->sql);
  cached_bytes_ -= entry->counted_bytes;
  cache_.erase(entry);
}

void Connection::keep_within_limits() {
  while (cache_.size() > kCachedStatements || (cached_bytes_ > kCachedBytes && cache_.size() > 1))
    forget(std::prev(cache_.end()));
}

template <class Work>
Outcome Connection::translated(Work&& work) {
  try {
    return work();
  } catch (const DbError& error) {
    if (leaves_connection_in_doubt(error.kind())) broken_ = true;
    throw;
  } catch (const Poco::Exception& failure) {
    const DbError error = driver_->translate(failure);
    if (leaves_connection_in_doubt(error.kind())) broken_ = true;
    throw error;
  }
}

}  // namespace ccms::db
