#include "server/app/identifiers.h"

#include "core/crypto/random.h"
#include "core/domain/uuid.h"

namespace ccms::server {

std::string new_uuid(Instant now) { return domain::make_uuid_v7(now, crypto::random_array<10>()); }

}  // namespace ccms::server
