#pragma once

#include <string>

#include "core/crypto/ed25519.h"
#include "core/db/connection.h"
#include "server/app/clock.h"
#include "server/tills/till_records.h"

namespace ccms::server {

// What a till is given so that it can sign and number its captures. Each is safe to ask for again: a till
// whose answer was lost gets what it was given before. All throw db::DbError.

struct GrantedIdentity {
  TillRecord till;
  std::string prefix;  ///< of its ticket codes
};

/// The identity that goes with this key: the one in force when the key is in use, otherwise the till's next
/// epoch. Keys are drawn at random for one attempt, so that the same key is the same attempt.
GrantedIdentity identity_for_key(db::Connection& connection, const TillRecord& till,
                                 const crypto::PublicKey& key, Instant now);

/// A prefix to go on with when the till's present one is used up. Until a ticket has come under it, the same
/// one is given: no till can hoard them.
std::string spare_prefix(db::Connection& connection, const std::string& till, Instant now);

}  // namespace ccms::server
