#pragma once

#include <vector>

#include "core/db/migrations.h"

namespace ccms::server {

/// Every migration of the server's database, oldest first; the same list serves SQLite and MariaDB. A
/// migration that was released is never edited: the next change is a new one.
std::vector<db::Migration> server_migrations();

}  // namespace ccms::server
