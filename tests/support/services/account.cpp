#include "tests/support/services/account.h"

#include <pwd.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace ccms::test {

bool running_as_root() { return ::geteuid() == 0; }

std::optional<Account> account_to_drop_to(const std::string& name) {
  if (!running_as_root()) return std::nullopt;
  const passwd* entry = ::getpwnam(name.c_str());
  if (entry == nullptr) throw std::runtime_error("no account " + name + ": run scripts/setup");
  return Account{entry->pw_uid, entry->pw_gid};
}

void give_to(const std::filesystem::path& path, const std::optional<Account>& account) {
  if (account && ::chown(path.c_str(), account->user, account->group) != 0) {
    throw std::system_error(errno, std::generic_category(), "cannot chown " + path.string());
  }
}

}  // namespace ccms::test
