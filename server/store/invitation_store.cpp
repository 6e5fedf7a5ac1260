#include "server/store/invitation_store.h"

#include <utility>

#include "server/staff/user.h"

namespace ccms::server {
namespace {

std::optional<Instant> instant_of(const db::Row& row, std::string_view column) {
  const auto ms = row.optional_integer(column);
  return ms ? std::optional(from_epoch_ms(*ms)) : std::nullopt;
}

constexpr const char* kIsOpen = "used_at IS NULL AND withdrawn_at IS NULL AND expires_at > ?";

}  // namespace

void InvitationStore::insert(const Invitation& invitation, const std::string& token_hash) {
  connection_.execute(
      "INSERT INTO invitations (invitation_id, token_hash, address, roles, invited_by, created_at, "
      "expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
      {invitation.invitation_id, token_hash, invitation.address, roles_to_json(invitation.roles),
       invitation.invited_by, to_epoch_ms(invitation.created_at), to_epoch_ms(invitation.expires_at)});
}

std::vector<Invitation> InvitationStore::read(const std::string& condition, const db::Params& params) {
  std::vector<Invitation> invitations;
  const auto rows = connection_.query(
      "SELECT invitation_id, address, roles, invited_by, created_at, expires_at, used_at, withdrawn_at FROM "
      "invitations WHERE " +
          condition,
      params);
  for (const db::Row row : rows) {
    invitations.push_back({row.text("invitation_id"), row.text("address"), roles_from_json(row.text("roles")),
                           row.text("invited_by"), from_epoch_ms(row.integer("created_at")),
                           from_epoch_ms(row.integer("expires_at")), instant_of(row, "used_at"),
                           instant_of(row, "withdrawn_at")});
  }
  return invitations;
}

std::optional<Invitation> InvitationStore::read_one(const std::string& condition, const std::string& key,
                                                    bool for_update) {
  const auto locking = for_update ? connection_.dialect().for_update() : std::string_view();
  auto found = read(condition + std::string(locking), {key});
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<Invitation> InvitationStore::find(const std::string& invitation_id, bool for_update) {
  return read_one("invitation_id = ?", invitation_id, for_update);
}

std::optional<Invitation> InvitationStore::find_by_token(const std::string& token_hash, bool for_update) {
  return read_one("token_hash = ?", token_hash, for_update);
}

std::vector<Invitation> InvitationStore::open(Instant now) {
  return read(std::string(kIsOpen) + " ORDER BY created_at DESC, invitation_id", {to_epoch_ms(now)});
}

bool InvitationStore::is_invited(const std::string& address, Instant now) {
  return !read("address = ? AND " + std::string(kIsOpen), {address, to_epoch_ms(now)}).empty();
}

void InvitationStore::mark_used(const std::string& invitation_id, Instant now) {
  connection_.execute("UPDATE invitations SET used_at = ? WHERE invitation_id = ?",
                      {to_epoch_ms(now), invitation_id});
}

void InvitationStore::mark_withdrawn(const std::string& invitation_id, Instant now) {
  connection_.execute("UPDATE invitations SET withdrawn_at = ? WHERE invitation_id = ?",
                      {to_epoch_ms(now), invitation_id});
}

}  // namespace ccms::server
