#pragma once

#include <Poco/Data/AbstractSessionImpl.h>
#include <sqlite3.h>

#include <memory>
#include <string>

#include "core/db/db_error.h"

namespace ccms::db {

/// The session that Poco's SQLite statements live in, around a handle that we open. Poco's own SQLite session
/// comes from a process-wide registry, and cannot open read-only; only what statements ask for is supported
/// here.
class SqliteSession : public Poco::Data::AbstractSessionImpl<SqliteSession> {
 public:
  /// `flags` as for sqlite3_open_v2. Throws DbError.
  SqliteSession(const std::string& uri, int flags);
  ~SqliteSession() override = default;

  sqlite3* handle() const noexcept { return handle_.get(); }

  Poco::SharedPtr<Poco::Data::StatementImpl> createStatementImpl() override;
  void open(const std::string& connection) override;
  void close() override { handle_.reset(); }
  bool isConnected() const override { return handle_ != nullptr; }
  void setConnectionTimeout(std::size_t seconds) override;
  std::size_t getConnectionTimeout() const override { return CONNECTION_TIMEOUT_INFINITE; }
  void reset() override {}
  void begin() override;
  void commit() override;
  void rollback() override;
  bool canTransact() const override { return false; }
  bool isTransaction() const override;
  void setTransactionIsolation(Poco::UInt32 isolation) override;
  Poco::UInt32 getTransactionIsolation() const override { return 0; }
  bool hasTransactionIsolation(Poco::UInt32) const override { return false; }
  bool isTransactionIsolation(Poco::UInt32) const override { return false; }
  const std::string& connectorName() const override;

 private:
  struct Close {
    void operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

/// The error that a failed call left on `handle`.
DbError sqlite_error(sqlite3* handle);

}  // namespace ccms::db
