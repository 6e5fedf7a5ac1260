#pragma once

#include <string_view>

#include "core/domain/ticket_code.h"

namespace ccms::crypto {

/// The function behind ticket codes: SipHash-2-4 under a key derived from the till's secret, which may have
/// any length. It may be called from any thread. Throws std::runtime_error when libsodium cannot be used.
domain::Prf ticket_code_prf(std::string_view secret);

}  // namespace ccms::crypto
