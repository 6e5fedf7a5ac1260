#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "core/db/driver.h"

namespace ccms::db {

struct MysqlConfig {
  std::string host = "127.0.0.1";
  std::uint16_t port = 3306;
  std::string user;
  std::string password;  ///< without semicolons: Poco's connection strings cannot quote them
  std::string database;
  std::size_t connections = 16;
  std::chrono::seconds connect_timeout{10};
  std::chrono::seconds lock_wait_timeout{5};  ///< after it a statement fails with DbError(busy)
  /// After it a statement that is not answered fails with DbError(connection_lost); 0: it waits for ever, as
  /// a change of the schema may have to.
  std::chrono::seconds answer_timeout{0};
};

/// A MariaDB database; MySQL lacks the collation utf8mb4_nopad_bin. All connections may write. The session
/// speaks utf8mb4, compares bytes, refuses values that do not fit and never reconnects by itself. Poco's
/// connection string has no TLS options: keep the way to the database private. Throws DbError when the
/// configuration cannot be expressed; connecting happens later, and its DbErrors name the server.
std::shared_ptr<const Connector> mysql_connector(const MysqlConfig& config);

}  // namespace ccms::db
