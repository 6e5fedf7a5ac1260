#include "core/db/sqlite_session.h"

#include <Poco/Data/SQLite/SQLiteStatementImpl.h>

namespace ccms::db {
namespace {

ErrorKind kind_of(int extended_code) {
  switch (extended_code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return ErrorKind::unique_violation;
    default:
      break;
  }
  switch (extended_code & 0xff) {  // the primary code
    case SQLITE_CONSTRAINT:
      return ErrorKind::constraint;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorKind::busy;
    case SQLITE_FULL:
      return ErrorKind::full;
    case SQLITE_READONLY:
      return ErrorKind::read_only;
    case SQLITE_IOERR:
      return ErrorKind::io;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorKind::corrupt;
    default:
      return ErrorKind::other;
  }
}

[[noreturn]] void unsupported(const char* what) { throw Poco::NotImplementedException(what); }

}  // namespace

DbError sqlite_error(sqlite3* handle) {
  const int code = sqlite3_extended_errcode(handle);
  return {kind_of(code), sqlite3_errmsg(handle), code};
}

SqliteSession::SqliteSession(const std::string& uri, int flags) : AbstractSessionImpl(uri) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(uri.c_str(), &handle, flags, nullptr);
  handle_.reset(handle);
  if (code != SQLITE_OK)
    throw handle ? sqlite_error(handle) : DbError(ErrorKind::other, "out of memory", code);
}

Poco::SharedPtr<Poco::Data::StatementImpl> SqliteSession::createStatementImpl() {
  return new Poco::Data::SQLite::SQLiteStatementImpl(*this, handle());
}

bool SqliteSession::isTransaction() const { return sqlite3_get_autocommit(handle()) == 0; }

const std::string& SqliteSession::connectorName() const {
  static const std::string name = "ccms-sqlite";
  return name;
}

void SqliteSession::open(const std::string&) { unsupported("open"); }
void SqliteSession::setConnectionTimeout(std::size_t) { unsupported("setConnectionTimeout"); }
void SqliteSession::begin() { unsupported("begin: use db::Transaction"); }
void SqliteSession::commit() { unsupported("commit: use db::Transaction"); }
void SqliteSession::rollback() { unsupported("rollback: use db::Transaction"); }
void SqliteSession::setTransactionIsolation(Poco::UInt32) { unsupported("setTransactionIsolation"); }

}  // namespace ccms::db
