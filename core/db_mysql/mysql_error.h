#pragma once

#include <string>

#include "core/db/db_error.h"

namespace ccms::db {

/// What an error number of the server or of the client library means to a caller.
ErrorKind mysql_error_kind(int code) noexcept;

/// The error number in a message of Poco's, whose exceptions carry none: "… [mysql_stmt_errno]: 1062 …". 0:
/// none.
int mysql_error_code(const std::string& poco_message) noexcept;

}  // namespace ccms::db
