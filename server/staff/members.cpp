#include "server/staff/members.h"

#include <algorithm>
#include <utility>

#include "server/staff/granting.h"
#include "server/staff/sessions.h"
#include "server/staff/standings.h"
#include "server/store/user_store.h"

namespace ccms::server {
namespace {

using domain::Error;
using domain::Result;
using nlohmann::json;

Result<void> check_here(const User& member) {
  if (!member.removed_at) return {};
  return Error{"user_removed", member.name + " has left", ""};
}

/// Locks everybody, so that of two admins who demote each other one stays.
Result<void> check_an_admin_stays(db::Connection& connection, const settings::Settings& settings,
                                  const User& before, const User& after) {
  const auto counts = [&](const User& user) { return user.enabled && is_admin(user.roles, settings); };
  if (!counts(before) || counts(after)) return {};
  const auto everybody = UserStore(connection).lock_all();
  const bool another = std::any_of(everybody.begin(), everybody.end(), [&](const User& user) {
    return user.user_id != before.user_id && counts(user);
  });
  if (another) return {};
  return Error{"last_admin", "nobody else may publish settings and change people", ""};
}

Result<void> check_roles(const std::vector<RoleGrant>& roles, const settings::Settings& settings) {
  for (std::size_t i = 0; i < roles.size(); ++i) {
    if (auto problem = problem_of_grant(roles[i], &settings))
      return Error{"bad_role", *std::move(problem), "/roles/" + std::to_string(i)};
  }
  return {};
}

/// Writes down each kind of difference under a name of its own.
class Notes {
 public:
  Notes(db::Connection& connection, const AuditActor& actor, const User& member, Instant now)
      : connection_(connection), actor_(actor), member_(member), now_(now) {}

  void write(const char* action, json details = json::object()) const {
    details["login"] = member_.login;
    append_audit(connection_, {actor_, action, "user", member_.user_id, std::move(details)}, now_);
  }

 private:
  db::Connection& connection_;
  const AuditActor& actor_;
  const User& member_;
  const Instant now_;
};

json text_or_null(const std::optional<std::string>& text) { return text ? json(*text) : json(nullptr); }

void note_differences(const Notes& notes, const User& before, const User& after) {
  json details = json::object();
  if (before.name != after.name) details["name"] = {{"from", before.name}, {"to", after.name}};
  if (before.email != after.email)
    details["email"] = {{"from", text_or_null(before.email)}, {"to", text_or_null(after.email)}};
  if (!details.empty()) notes.write("user.changed", std::move(details));
  if (before.roles != after.roles) {
    notes.write("user.role_changed", {{"from", grants_json(before.roles)}, {"to", grants_json(after.roles)}});
  }
  if (before.enabled != after.enabled) notes.write(after.enabled ? "user.enabled" : "user.disabled");
}

}  // namespace

Result<void> change_member(db::Connection& connection, const settings::Settings& settings,
                           const AuditActor& actor, User& member, const MemberChange& change, Instant now) {
  if (auto here = check_here(member); !here) return here;
  User after = member;
  if (change.name) after.name = *change.name;
  if (change.email) after.email = *change.email;
  if (change.enabled) after.enabled = *change.enabled;
  if (change.roles && *change.roles != member.roles) {
    if (auto checked = check_roles(*change.roles, settings); !checked) return checked;
    after.roles = *change.roles;
  }
  if (after == member) return {};
  if (auto stays = check_an_admin_stays(connection, settings, member, after); !stays) return stays;
  note_differences(Notes(connection, actor, member, now), member, after);
  UserStore(connection).update(after);
  // When enabling too: a sign-in that was under way while the user was disabled may have left a session.
  if (after.enabled != member.enabled) Sessions(connection).end_all(member.user_id);
  member = std::move(after);
  return {};
}

Result<void> remove_member(db::Connection& connection, const settings::Settings& settings,
                           const AuditActor& actor, User& member, Instant now) {
  if (auto here = check_here(member); !here) return here;
  User gone = member;
  gone.enabled = false;
  if (auto stays = check_an_admin_stays(connection, settings, member, gone); !stays) return stays;
  let_member_go(connection, actor, member, now);
  return {};
}

void let_member_go(db::Connection& connection, const AuditActor& actor, User& member, Instant now) {
  Notes(connection, actor, member, now)
      .write("user.removed", {{"name", member.name}, {"roles", grants_json(member.roles)}});
  member.enabled = false;
  member.removed_at = now;
  UserStore(connection).update(member);
  Sessions(connection).end_all(member.user_id);
  connection.execute("DELETE FROM login_links WHERE user_id = ?", {member.user_id});
}

}  // namespace ccms::server
