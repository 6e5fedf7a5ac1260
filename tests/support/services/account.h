#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>

namespace ccms::test {

// A system account that a daemon runs under.
struct Account {
  uid_t user = 0;
  gid_t group = 0;
};

bool running_as_root();

// The account a daemon must drop to: the named one when we are root, none (stay who we are) otherwise.
// Throws std::runtime_error when we are root and there is no such account: its package is missing.
std::optional<Account> account_to_drop_to(const std::string& name);

// Gives one folder or file (not what is in it) to the account; nothing when there is none.
void give_to(const std::filesystem::path& path, const std::optional<Account>& account);

}  // namespace ccms::test
