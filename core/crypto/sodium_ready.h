#pragma once

namespace ccms::crypto {

/// Makes libsodium ready, once; before any call of it. Any thread. Throws std::runtime_error when the system
/// gives it no random numbers.
void require_sodium();

}  // namespace ccms::crypto
