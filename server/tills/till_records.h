#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/crypto/ed25519.h"
#include "core/db/connection.h"
#include "server/app/clock.h"

namespace ccms::server {

/// One row of `tills`.
struct TillRecord {
  std::string till;
  std::string store;
  bool enabled = true;
  std::int64_t epoch = 0;       ///< of the current key
  std::int64_t generation = 0;  ///< of the last contact
};

/// A till as an operator sees one.
struct TillOverview {
  TillRecord record;
  std::optional<Instant> last_sync_at;
};

struct TillKey {
  crypto::PublicKey public_key{};
  bool retired = false;  ///< asks for a new key under this one, and for nothing else
  bool revoked = false;  ///< signs no request any more
};

// All of these throw db::DbError.
std::optional<TillRecord> find_till(db::Connection& connection, const std::string& till);
/// Every enrolled till, by id.
std::vector<TillOverview> all_tills(db::Connection& connection);
/// A disabled till keeps its keys and what it sent; its requests are refused. Returns the till as it was
/// before; nothing when it is not enrolled.
std::optional<TillRecord> set_till_enabled(db::Connection& connection, const std::string& till, bool enabled);
std::optional<TillKey> find_till_key(db::Connection& connection, const std::string& till, std::int64_t epoch);
/// Revokes the till's retired keys. Captures that were signed under them stay acceptable.
void revoke_retired_keys(db::Connection& connection, const std::string& till, Instant now);
/// All keys that a till ever had, by epoch: captures stay acceptable under the key of their own epoch.
std::map<std::int64_t, crypto::PublicKey> till_keys(db::Connection& connection, const std::string& till);

/// Starts the till's next epoch (the first one for a new till) with this key, and retires the earlier ones.
/// Returns the till's row as it is then.
TillRecord start_epoch(db::Connection& connection, const TillRecord& till, const crypto::PublicKey& key,
                       Instant now);

}  // namespace ccms::server
