#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "core/db/driver.h"

namespace ccms::db {

struct SqliteConfig {
  std::filesystem::path path;
  std::size_t readers = 4;  ///< connections that read beside the writer; 0: one connection does everything
  std::chrono::milliseconds busy_timeout{5000};  ///< for locks held by another process
  int page_bytes = 4096;  ///< of a file that is made anew, a power of two; one that exists keeps its own
  /// Whether the writer moves its log into the file. One process at a time may: SQLite before 3.51.3 can lose
  /// a WAL reset when several connections do.
  bool checkpoints = true;
  /// Kept as long as the connector, such as the right to do so; may be null.
  std::shared_ptr<const void> held = {};
};

/// An embedded database in one file (and its -wal and -shm). Creates the file when the first connection is
/// opened; the folder must exist. Needs no registration with Poco, and so leaves nothing behind when a plugin
/// is unloaded.
///
/// WAL, synchronous=FULL and foreign keys on every connection. There is one writer, and it alone checkpoints.
/// DbErrors of opening name the file.
std::shared_ptr<const Connector> sqlite_connector(SqliteConfig config);

}  // namespace ccms::db
