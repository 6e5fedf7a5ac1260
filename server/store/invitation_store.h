#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/db/connection.h"
#include "server/app/clock.h"
#include "server/http/principal.h"

namespace ccms::server {

/// Somebody who was asked to join, and as what.
struct Invitation {
  std::string invitation_id;
  std::string address;  ///< lower case: the login that it will be
  std::vector<RoleGrant> roles;
  std::string invited_by;  ///< user id
  Instant created_at{};
  Instant expires_at{};
  std::optional<Instant> used_at;
  std::optional<Instant> withdrawn_at;

  bool is_open(Instant now) const { return !used_at && !withdrawn_at && expires_at > now; }
};

/// Invitations as the database has them; only a digest of their tokens. Functions throw db::DbError.
class InvitationStore {
 public:
  explicit InvitationStore(db::Connection& connection) : connection_(connection) {}

  void insert(const Invitation& invitation, const std::string& token_hash);
  // With for_update the row stays locked until the transaction ends.
  std::optional<Invitation> find(const std::string& invitation_id, bool for_update = false);
  std::optional<Invitation> find_by_token(const std::string& token_hash, bool for_update = false);
  /// Those that can be accepted now, newest first.
  std::vector<Invitation> open(Instant now);
  bool is_invited(const std::string& address, Instant now);
  void mark_used(const std::string& invitation_id, Instant now);
  void mark_withdrawn(const std::string& invitation_id, Instant now);

 private:
  std::vector<Invitation> read(const std::string& condition, const db::Params& params);
  std::optional<Invitation> read_one(const std::string& condition, const std::string& key, bool for_update);

  db::Connection& connection_;
};

}  // namespace ccms::server
