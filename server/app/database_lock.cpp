#include "server/app/database_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <map>
#include <mutex>
#include <system_error>

namespace ccms::server {
namespace {

/// Two locks of one file would exclude each other within one process too.
struct Held {
  std::mutex mutex;
  std::map<std::filesystem::path, std::weak_ptr<const DatabaseLock>> locks;
};

Held& held() {
  static Held all;
  return all;
}

}  // namespace

std::shared_ptr<const DatabaseLock> DatabaseLock::take(const std::filesystem::path& database) {
  namespace fs = std::filesystem;
  const auto folder = fs::absolute(database).parent_path();
  if (fs::create_directories(folder)) fs::permissions(folder, fs::perms::owner_all);
  auto file = fs::weakly_canonical(database);
  file += ".lock";
  const std::lock_guard guard(held().mutex);
  auto& known = held().locks[file];
  if (auto ours = known.lock()) return ours;
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), file.string());
  if (::flock(fd, LOCK_EX | LOCK_NB) == 0) {
    std::shared_ptr<const DatabaseLock> taken(new DatabaseLock(fd));
    known = taken;
    return taken;
  }
  const int reason = errno;
  ::close(fd);
  if (reason == EWOULDBLOCK) return nullptr;
  throw std::system_error(reason, std::generic_category(), file.string());
}

DatabaseLock::~DatabaseLock() { ::close(fd_); }

}  // namespace ccms::server
