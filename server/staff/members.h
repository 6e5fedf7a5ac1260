#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/db/connection.h"
#include "core/domain/result.h"
#include "core/settings/settings.h"
#include "server/staff/user.h"
#include "server/store/audit_log.h"

namespace ccms::server {

/// What is to be different about a member; what is absent stays.
struct MemberChange {
  std::optional<std::string> name;
  std::optional<std::optional<std::string>> email;  ///< inside absent: none any more
  std::optional<std::vector<RoleGrant>> roles;
  std::optional<bool> enabled;
};

// All of these write what they do into the audit log, and run in the caller's transaction, which must end in
// a rollback when they refuse; `member` was read with its row locked and is what it has become afterwards.
// Who may do it was asked before. They throw db::DbError.

/// Errors: user_removed, last_admin, and for each role that cannot be given bad_role (/roles/N).
domain::Result<void> change_member(db::Connection& connection, const settings::Settings& settings,
                                   const AuditActor& actor, User& member, const MemberChange& change,
                                   Instant now);

/// The member leaves: signed out at once, never in again, and still named by the history. Errors:
/// user_removed, last_admin. Whether they have tickets was asked before.
domain::Result<void> remove_member(db::Connection& connection, const settings::Settings& settings,
                                   const AuditActor& actor, User& member, Instant now);

/// The same for an operator, whom nothing holds back: with a command line there is always a next admin.
void let_member_go(db::Connection& connection, const AuditActor& actor, User& member, Instant now);

}  // namespace ccms::server
