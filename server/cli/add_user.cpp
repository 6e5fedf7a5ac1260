#include <termios.h>
#include <unistd.h>

#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/db/transaction.h"
#include "core/settings/email_shape.h"
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

std::string typed_unseen(const char* prompt) {
  std::cerr << prompt << std::flush;
  const SilentTerminal silent;
  std::string line;
  std::getline(std::cin, line);
  std::cerr << '\n';
  return line;
}

/// Nothing, with the reason on standard error, when it will not do.
std::optional<Secret> read_password_or_complain(bool from_stdin) {
  std::string password;
  if (from_stdin) {
    std::getline(std::cin, password);
  } else {
    password = typed_unseen("Password: ");
    if (typed_unseen("Once more: ") != password) {
      std::cerr << "the two are not the same\n";
      return std::nullopt;
    }
  }
  if (password.size() >= kShortestPassword) return Secret(password);
  std::cerr << "a password has at least " << kShortestPassword << " characters\n";
  return std::nullopt;
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

User somebody_new(const UserWish& wish, Instant now) {
  User user;
  user.user_id = new_uuid(now);
  user.login = wish.login;
  user.name = wish.login;
  return user;
}

User user_of(const UserWish& wish, const std::vector<RoleGrant>& roles, User before) {
  if (!wish.name.empty()) before.name = wish.name;
  if (!wish.email.empty()) before.email = wish.email;
  if (!roles.empty()) before.roles = roles;
  return before;
}

}  // namespace

int add_user(const Config& config, const UserWish& wish) {
  const auto database = open_database(config);
  migrate_database(*database);
  const auto published = SettingsStore(*database).current();
  const Instant now = SystemClock().now();
  if (!wish.email.empty() && !settings::has_email_shape(wish.email)) {
    std::cerr << "--email: must look like name@example.org\n";
    return 1;
  }
  const auto roles = parse_roles_or_complain(wish.roles, published.get());
  if (!roles) return 1;
  if (roles->empty() && !UserStore(*database->reader()).find_by_login(wish.login)) {
    std::cerr << "--role is required: there is no user " << wish.login << " yet\n";
    return 1;
  }
  const auto password = read_password_or_complain(wish.password_on_stdin);
  if (!password) return 1;
  const std::string hash = hash_password(password->reveal());
  const auto changed =
      db::with_transaction(*database, [&](db::Connection& connection) -> std::optional<User> {
        UserStore users(connection);
        const auto known = users.find_by_login(wish.login);
        const User user = user_of(wish, *roles, known ? known->user : somebody_new(wish, now));
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
