#include <termios.h>
#include <unistd.h>

#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/db/transaction.h"
#include "server/app/clock.h"
#include "server/app/database.h"
#include "server/app/identifiers.h"
#include "server/cli/commands.h"
#include "server/cli/operator.h"
#include "server/cli/role_argument.h"
#include "server/settings/settings_store.h"
#include "server/staff/password.h"
#include "server/staff/sessions.h"
#include "server/store/user_store.h"

namespace ccms::server {
namespace {

using nlohmann::json;

/// Keeps what is typed off the screen while it lives.
class SilentTerminal {
 public:
  SilentTerminal() {
    if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
  }
  ~SilentTerminal() {
    if (changed_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  SilentTerminal(const SilentTerminal&) = delete;
  SilentTerminal& operator=(const SilentTerminal&) = delete;

 private:
  termios before_{};
  bool changed_ = false;
};

Secret read_password(bool from_stdin) {
  std::string line;
  if (from_stdin) {
    std::getline(std::cin, line);
    return Secret(line);
  }
  std::cerr << "Password: " << std::flush;
  const SilentTerminal silent;
  std::getline(std::cin, line);
  std::cerr << '\n';
  return Secret(line);
}

void note(db::Connection& connection, const char* action, const User& user, json roles, Instant now) {
  json details = {{"login", user.login}};
  if (!roles.is_null()) details["roles"] = std::move(roles);
  append_audit(connection, {command_line_operator(), action, "user", user.user_id, std::move(details)}, now);
}

void note_changes(db::Connection& connection, const User& before, const User& after, Instant now) {
  note(connection, "user.password_set", before, nullptr, now);
  if (before.name != after.name || before.email != after.email)
    note(connection, "user.changed", before, nullptr, now);
  if (before.roles != after.roles) {
    note(connection, "user.role_changed", before,
         {{"from", grants_json(before.roles)}, {"to", grants_json(after.roles)}}, now);
  }
}

}  // namespace

int add_user(const Config& config, const UserWish& wish) {
  const auto database = open_database(config);
  migrate_database(*database);
  const auto published = SettingsStore(*database).current();
  const Instant now = SystemClock().now();
  User user;
  user.user_id = new_uuid(now);
  user.login = wish.login;
  user.name = wish.name.empty() ? wish.login : wish.name;
  if (!wish.email.empty()) user.email = wish.email;
  auto roles = parse_roles_or_complain(wish.roles, published.get());
  if (!roles) return 1;
  user.roles = std::move(*roles);
  const Secret password = read_password(wish.password_on_stdin);
  if (password.reveal().size() < kShortestPassword) {
    std::cerr << "a password has at least " << kShortestPassword << " characters\n";
    return 1;
  }
  const std::string hash = hash_password(password.reveal());
  const auto changed =
      db::with_transaction(*database, [&](db::Connection& connection) -> std::optional<User> {
        UserStore users(connection);
        const auto known = users.find_by_login(user.login);
        if (!known) {
          users.insert(user, hash, now);
          note(connection, "user.added", user, grants_json(user.roles), now);
          return std::nullopt;
        }
        users.update_by_login(user, hash);
        // Whoever knew the old password must not stay signed in.
        Sessions(connection).end_all(known->user.user_id);
        note_changes(connection, known->user, user, now);
        return known->user;
      });
  std::cout << wish.login << (changed ? " changed" : " added") << '\n';
  if (changed && !changed->enabled) std::cerr << wish.login << " stays disabled until user enable\n";
  return 0;
}

}  // namespace ccms::server
