#pragma once

#include <string>

#include "core/domain/ticket_code.h"

namespace ccms::crypto {

/// The function behind ticket codes: the first 64 bits of HMAC-SHA256 under the till's secret. It holds a
/// copy of the secret and may be called from any thread.
domain::Prf hmac_prf(std::string secret);

}  // namespace ccms::crypto
