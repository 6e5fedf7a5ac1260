#pragma once

#include <filesystem>
#include <memory>

namespace ccms::server {

/// The right to be the one process that keeps an embedded database: that serves it, and moves its log into
/// the file. The kernel gives it back when the process ends, however that happens.
class DatabaseLock {
 public:
  /// Null while another process has it. This process has it once, whoever asks. Makes the database's folder
  /// where there is none, for its owner alone. Throws std::system_error that names the file. Thread-safe.
  static std::shared_ptr<const DatabaseLock> take(const std::filesystem::path& database);

  ~DatabaseLock();
  DatabaseLock(const DatabaseLock&) = delete;
  DatabaseLock& operator=(const DatabaseLock&) = delete;

 private:
  explicit DatabaseLock(int fd) : fd_(fd) {}

  int fd_;
};

}  // namespace ccms::server
