#pragma once

#include <string>

#include "core/crypto/ed25519.h"
#include "core/db/database.h"
#include "server/app/clock.h"

namespace ccms::server {

/// What tills recognise this installation by. Made once, kept in the database, shared by all its processes.
struct ServerIdentity {
  std::string server_epoch;    ///< another one tells the tills that acknowledged captures may be lost
  crypto::KeyPair bundle_key;  ///< signs settings bundles
};

/// Reads the identity, making it in an empty database. Throws db::DbError.
ServerIdentity load_server_identity(db::Database& database, Instant now);

}  // namespace ccms::server
