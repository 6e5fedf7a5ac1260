#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "core/db/transaction.h"
#include "core/settings/workflow_settings.h"
#include "server/app/clock.h"
#include "server/app/database.h"
#include "server/app/identifiers.h"
#include "server/cli/commands.h"
#include "server/settings/settings_store.h"
#include "server/staff/password.h"
#include "server/staff/sessions.h"
#include "server/store/user_store.h"

namespace ccms::server {
namespace {

constexpr std::size_t kShortestPassword = 10;

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

/// "department_staff:repairs", checked against the settings when there are any; nothing, with the reason on
/// standard error, when it is no role.
std::optional<RoleGrant> parse_role(const std::string& text, const PublishedSettings* published) {
  const auto colon = text.find(':');
  RoleGrant grant{text.substr(0, colon), colon == std::string::npos ? "" : text.substr(colon + 1)};
  const auto role = domain::from_text<settings::Role>(grant.role);
  const auto refuse = [&](const char* reason) {
    std::cerr << text << ": " << reason << '\n';
    return std::nullopt;
  };
  if (!role) return refuse("no such role");
  if ((role == settings::Role::hq) != grant.scope.empty()) {
    return refuse("hq has no scope, other roles need one, as in department_staff:repairs");
  }
  if (!published) return grant;
  const auto& settings = published->settings;
  if (role == settings::Role::department_staff &&
      !settings::find_by_id(settings.form.departments, grant.scope)) {
    return refuse("the settings know no such department");
  }
  if (role == settings::Role::store_manager && !settings.find_store(grant.scope)) {
    return refuse("the settings know no such store");
  }
  return grant;
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
  for (const auto& text : wish.roles) {
    const auto grant = parse_role(text, published.get());
    if (!grant) return 1;
    user.roles.push_back(*grant);
  }
  const Secret password = read_password(wish.password_on_stdin);
  if (password.reveal().size() < kShortestPassword) {
    std::cerr << "a password has at least " << kShortestPassword << " characters\n";
    return 1;
  }
  const std::string hash = hash_password(password.reveal());
  const bool changed = db::with_transaction(*database, [&](db::Connection& connection) {
    UserStore users(connection);
    if (users.update_by_login(user, hash)) {
      // Whoever knew the old password must not stay signed in.
      Sessions(connection).end_all(users.find_by_login(user.login)->user.user_id);
      return true;
    }
    users.insert(user, hash, now);
    return false;
  });
  std::cout << wish.login << (changed ? " changed" : " added") << '\n';
  return 0;
}

}  // namespace ccms::server
