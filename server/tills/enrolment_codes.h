#pragma once

#include <chrono>
#include <string>

#include "core/crypto/ed25519.h"
#include "core/db/connection.h"
#include "core/domain/result.h"
#include "server/app/clock.h"

namespace ccms::server {

/// How long a code can be used after it was made.
inline constexpr std::chrono::minutes kEnrolmentCodeLife{15};

/// A new one-use code for one till, "XXXX-XXXX-XXXX"; only its digest is stored. Throws db::DbError.
std::string issue_enrolment_code(db::Connection& connection, const std::string& store,
                                 const std::string& till, Instant now);

/// Uses a code up, for the till that holds `key`. The same till may come again with the same key while the
/// code lives: the answer to its first request may have been lost. Errors: enrolment_refused (/code) alike
/// for unknown, expired and used ones, so that nobody learns which; wrong_till (/till) for a code of another
/// till, which then stays usable. Throws db::DbError.
domain::Result<void> redeem_enrolment_code(db::Connection& connection, const std::string& code,
                                           const std::string& store, const std::string& till,
                                           const crypto::PublicKey& key, Instant now);

}  // namespace ccms::server
