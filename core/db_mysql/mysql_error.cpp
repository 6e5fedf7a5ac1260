#include "core/db_mysql/mysql_error.h"

#include <errmsg.h>
#include <mysqld_error.h>

#include <charconv>
#include <string_view>

namespace ccms::db {
namespace {

// Numbers that the client's headers do not name.
constexpr int kCheckConstraintFailed = 4025;
constexpr int kConnectionKilled = 1927;

}  // namespace

ErrorKind mysql_error_kind(int code) noexcept {
  switch (code) {
    case ER_DUP_ENTRY:
    case ER_DUP_ENTRY_WITH_KEY_NAME:
      return ErrorKind::unique_violation;
    case ER_BAD_NULL_ERROR:
    case ER_NO_DEFAULT_FOR_FIELD:
    case ER_ROW_IS_REFERENCED:
    case ER_ROW_IS_REFERENCED_2:
    case ER_NO_REFERENCED_ROW:
    case ER_NO_REFERENCED_ROW_2:
    case ER_DATA_TOO_LONG:
    case kCheckConstraintFailed:
      return ErrorKind::constraint;
    case ER_LOCK_WAIT_TIMEOUT:
      return ErrorKind::busy;
    case ER_CHECKREAD:  // the row changed since this transaction's snapshot
    case ER_LOCK_DEADLOCK:
      return ErrorKind::deadlock;
    case ER_UNKNOWN_COM_ERROR:  // a cluster node that is not in the quorum says this to everything
    case ER_SERVER_SHUTDOWN:
    case kConnectionKilled:
    case CR_CONNECTION_ERROR:
    case CR_CONN_HOST_ERROR:
    case CR_SERVER_GONE_ERROR:
    case CR_SERVER_LOST:
    case CR_COMMANDS_OUT_OF_SYNC:
      return ErrorKind::connection_lost;
    case ER_DISK_FULL:
    case ER_RECORD_FILE_FULL:
      return ErrorKind::full;
    case ER_OPTION_PREVENTS_STATEMENT:
    case ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION:
      return ErrorKind::read_only;
    case ER_ERROR_ON_WRITE:
    case ER_ERROR_ON_READ:
    case ER_GET_ERRNO:
      return ErrorKind::io;
    case ER_NOT_KEYFILE:
    case ER_CRASHED_ON_USAGE:
    case ER_TABLE_CORRUPT:
      return ErrorKind::corrupt;
    default:
      return ErrorKind::other;
  }
}

int mysql_error_code(const std::string& poco_message) noexcept {
  constexpr std::string_view kMarker = "errno]: ";
  const auto marker = poco_message.find(kMarker);
  if (marker == std::string::npos) return 0;
  int code = 0;
  const char* begin = poco_message.data() + marker + kMarker.size();
  std::from_chars(begin, poco_message.data() + poco_message.size(), code);
  return code;
}

}  // namespace ccms::db
