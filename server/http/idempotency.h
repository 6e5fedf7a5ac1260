#pragma once

#include <functional>

#include "core/db/connection.h"
#include "server/app/services.h"
#include "server/http/message.h"

namespace ccms::server {

/// Does a change and answers it. An answer of 400 or more rolls back whatever was written.
using Change = std::function<Response(db::Connection&)>;

enum class IdempotencyKey { required, optional };

/// Runs `change` in one transaction, at most once per principal and `Idempotency-Key`: change and answer are
/// stored together, and the same request under the same key gets the same answer again, refusals included.
/// The key with another request is refused (422 idempotency_key_reused), a missing one that is required too
/// (400 idempotency_key_missing). Answers of 500 and above are not remembered. `change` may run several times
/// (the database can ask for a retry), and must have no effect outside the database. Throws db::DbError.
Response change_once(const Services& services, const Request& request, IdempotencyKey use,
                     const Change& change);

/// Answers a request that cannot be understood, at most once under its key as well: whoever mends the body
/// takes another key. `refusal` is below 500. Throws db::DbError.
Response refuse_once(const Services& services, const Request& request, IdempotencyKey use,
                     const Response& refusal);

}  // namespace ccms::server
