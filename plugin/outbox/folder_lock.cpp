#include "plugin/outbox/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

namespace ccms::plugin::outbox {
namespace {

domain::Error unusable(const std::filesystem::path& folder, const std::string& why) {
  return {"storage", "the data folder " + folder.string() + " cannot be used: " + why, "/data_folder"};
}

}  // namespace

domain::Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
  std::error_code failure;
  if (std::filesystem::create_directories(folder, failure)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failure);
  }
  if (failure) return unusable(folder, failure.message());
  const auto file = folder / "lock";
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return unusable(folder, std::strerror(errno));
  if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return FolderLock(fd);
  const int reason = errno;
  ::close(fd);
  if (reason != EWOULDBLOCK) return unusable(folder, std::strerror(reason));
  return domain::Error{"busy", "the data folder " + folder.string() + " is in use by another instance",
                       "/data_folder"};
}

FolderLock::FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

FolderLock::~FolderLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace ccms::plugin::outbox
