#pragma once

#include <string_view>

#include "core/domain/ticket_code.h"

namespace ccms::crypto {

/// The function behind ticket codes: the first 64 bits of HMAC-SHA256 under the till's secret. It holds the
/// secret and may be called from any thread.
domain::Prf hmac_prf(std::string_view secret);

}  // namespace ccms::crypto
