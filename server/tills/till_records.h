#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

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

struct TillKey {
  crypto::PublicKey public_key{};
  bool retired = false;
};

// All of these throw db::DbError.
std::optional<TillRecord> find_till(db::Connection& connection, const std::string& till);
std::optional<TillKey> find_till_key(db::Connection& connection, const std::string& till, std::int64_t epoch);
/// All keys that a till ever had, by epoch: captures stay acceptable under the key of their own epoch.
std::map<std::int64_t, crypto::PublicKey> till_keys(db::Connection& connection, const std::string& till);

/// Starts the till's next epoch (the first one for a new till) with this key, and retires the earlier ones.
/// Returns the till's row as it is then.
TillRecord start_epoch(db::Connection& connection, const TillRecord& till, const crypto::PublicKey& key,
                       Instant now);

}  // namespace ccms::server
