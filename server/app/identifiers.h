#pragma once

#include <string>

#include "server/app/clock.h"

namespace ccms::server {

/// A new UUIDv7 with this time. Thread-safe.
std::string new_uuid(Instant now);

}  // namespace ccms::server
