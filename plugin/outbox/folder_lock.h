#pragma once

#include <filesystem>

#include "core/domain/result.h"

namespace ccms::plugin::outbox {

/// The data folder belongs to one instance at a time, across processes and inside one. The kernel drops the
/// lock when the process dies, however it dies.
class FolderLock {
 public:
  /// Makes the folder if need be (readable by its owner alone). Errors: "busy" when another instance holds
  /// it, "storage" when the folder cannot be used.
  static domain::Result<FolderLock> take(const std::filesystem::path& folder);

  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace ccms::plugin::outbox
