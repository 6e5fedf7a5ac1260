#pragma once

#include <string>

#include "core/crypto/random.h"
#include "core/domain/uuid.h"

namespace ccms::plugin::app {

inline std::string new_uuid(domain::Instant now) {
  return domain::make_uuid_v7(now, crypto::random_array<10>());
}

}  // namespace ccms::plugin::app
