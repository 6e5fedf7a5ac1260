#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/db/connection.h"
#include "core/domain/result.h"
#include "core/settings/settings.h"
#include "server/staff/user.h"
#include "server/store/audit_log.h"
#include "server/store/invitation_store.h"

namespace ccms::server {

/// Whom to invite, and as what.
struct InvitationWish {
  std::vector<std::string> addresses;
  std::vector<RoleGrant> roles;  ///< that can be given; whether the inviter may was asked before
  std::chrono::days valid_for{7};
};

/// What became of one address.
struct Invited {
  std::string address;                   ///< as it was given
  std::optional<Invitation> invitation;  ///< absent: refused
  std::string token;                     ///< to be shown or sent this once: only its digest is stored
  domain::Error refusal;                 ///< bad_address, already_member, already_invited
};

/// Invites each address by itself: one that is refused keeps no other from being invited. In the caller's
/// transaction. Throws db::DbError.
std::vector<Invited> invite(db::Connection& connection, const AuditActor& actor, const InvitationWish& wish,
                            Instant now);

/// The invitation that a token opens. Errors: unknown_invitation; invitation_used, invitation_expired,
/// invitation_withdrawn; invitation_void when whoever invited could not give these roles any more, for nobody
/// gets by an old invitation what nobody could invite them to today. Throws db::DbError.
domain::Result<Invitation> find_open_invitation(db::Connection& connection,
                                                const settings::Settings& settings, std::string_view token,
                                                Instant now);

/// How somebody joins.
struct NewMember {
  std::string name;
  std::string password_hash;
};

/// Uses an invitation up: makes the user, whose login and e-mail are the address. In the caller's
/// transaction, to be rolled back after an error. Errors: those above, already_member. Throws db::DbError.
domain::Result<User> accept_invitation(db::Connection& connection, const settings::Settings& settings,
                                       std::string_view token, const NewMember& member, Instant now);

/// Makes an open invitation worthless. Throws db::DbError.
void withdraw_invitation(db::Connection& connection, const AuditActor& actor, const Invitation& invitation,
                         Instant now);

}  // namespace ccms::server
