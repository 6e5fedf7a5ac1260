#pragma once

#include "core/db_mysql/mysql_connector.h"
#include "tests/core/db/backend.h"

namespace ccms::db::test {

/// An empty database in the MariaDB of this test program.
MysqlConfig fresh_mariadb();

}  // namespace ccms::db::test
