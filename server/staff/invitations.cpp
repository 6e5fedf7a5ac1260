#include "server/staff/invitations.h"

#include <utility>

#include "core/crypto/digest.h"
#include "core/domain/text.h"
#include "server/app/identifiers.h"
#include "server/notify/mail_composer.h"
#include "server/staff/granting.h"
#include "server/staff/sessions.h"
#include "server/staff/standings.h"
#include "server/store/user_store.h"

namespace ccms::server {
namespace {

using domain::Error;
using domain::Result;
using nlohmann::json;

/// Why an address cannot be invited.
std::optional<Error> refusal_of(db::Connection& connection, const std::string& given,
                                const std::string& address, Instant now) {
  if (!is_plain_mail_address(given) || address.size() > domain::kNameLimit)
    return Error{"bad_address", "this is no e-mail address", ""};
  if (UserStore(connection).find_by_login(address))
    return Error{"already_member", "this is a member already", ""};
  if (InvitationStore(connection).is_invited(address, now))
    return Error{"already_invited", "there is an open invitation; withdraw it to send another", ""};
  return std::nullopt;
}

bool still_backed(db::Connection& connection, const settings::Settings& settings,
                  const Invitation& invitation) {
  for (const RoleGrant& grant : invitation.roles) {
    if (problem_of_grant(grant, &settings)) return false;
  }
  const auto inviter = UserStore(connection).find(invitation.invited_by);
  return inviter && inviter->enabled &&
         may_give(standings_of(inviter->roles, &settings), settings::Permission::people_invite,
                  invitation.roles, settings);
}

Result<Invitation> check(db::Connection& connection, const settings::Settings& settings,
                         std::optional<Invitation> invitation, Instant now) {
  if (!invitation) return Error{"unknown_invitation", "there is no such invitation", "/token"};
  if (invitation->used_at) return Error{"invitation_used", "this invitation was used already", "/token"};
  if (invitation->withdrawn_at)
    return Error{"invitation_withdrawn", "this invitation was withdrawn", "/token"};
  if (!invitation->is_open(now)) return Error{"invitation_expired", "this invitation is too old", "/token"};
  if (!still_backed(connection, settings, *invitation))
    return Error{"invitation_void", "whoever invited you cannot give these roles any more", "/token"};
  return *std::move(invitation);
}

}  // namespace

std::vector<Invited> invite(db::Connection& connection, const AuditActor& actor, const InvitationWish& wish,
                            Instant now) {
  std::vector<Invited> all;
  for (const std::string& given : wish.addresses) {
    Invited& one = all.emplace_back();
    one.address = given;
    const std::string address = domain::normalise_for_search(given);
    if (auto refused = refusal_of(connection, given, address, now)) {
      one.refusal = *std::move(refused);
      continue;
    }
    one.token = new_token();
    one.invitation = {new_uuid(now), address, wish.roles, actor.id, now, now + wish.valid_for, {}, {}};
    InvitationStore(connection).insert(*one.invitation, crypto::sha256_hex(one.token));
    append_audit(connection,
                 {actor,
                  "user.invited",
                  "invitation",
                  one.invitation->invitation_id,
                  {{"address", address}, {"roles", grants_json(wish.roles)}}},
                 now);
  }
  return all;
}

Result<Invitation> find_open_invitation(db::Connection& connection, const settings::Settings& settings,
                                        std::string_view token, Instant now) {
  return check(connection, settings, InvitationStore(connection).find_by_token(crypto::sha256_hex(token)),
               now);
}

Result<User> accept_invitation(db::Connection& connection, const settings::Settings& settings,
                               std::string_view token, const NewMember& member, Instant now) {
  InvitationStore invitations(connection);
  const auto invitation =
      check(connection, settings, invitations.find_by_token(crypto::sha256_hex(token), true), now);
  if (!invitation) return invitation.error();
  UserStore users(connection);
  if (users.find_by_login(invitation->address))
    return Error{"already_member", "there is a member of this address already", "/token"};
  const User user{new_uuid(now),       invitation->address, member.name,
                  invitation->address, invitation->roles,   true};
  users.insert(user, member.password_hash, now);
  invitations.mark_used(invitation->invitation_id, now);
  append_audit(connection,
               {{"staff", user.user_id, user.name, "http"},
                "user.joined",
                "user",
                user.user_id,
                {{"login", user.login},
                 {"invitation", invitation->invitation_id},
                 {"roles", grants_json(user.roles)}}},
               now);
  return user;
}

void withdraw_invitation(db::Connection& connection, const AuditActor& actor, const Invitation& invitation,
                         Instant now) {
  InvitationStore(connection).mark_withdrawn(invitation.invitation_id, now);
  append_audit(connection,
               {actor,
                "user.invitation_withdrawn",
                "invitation",
                invitation.invitation_id,
                {{"address", invitation.address}}},
               now);
}

}  // namespace ccms::server
