#pragma once

#include <string>
#include <string_view>

#include "core/domain/encoding.h"

namespace ccms::crypto {

using domain::base64_decode;
using domain::base64_encode;
using domain::Digest;
using domain::hex_decode;
using domain::hex_encode;

// All functions may be called from any thread; they throw std::runtime_error when OpenSSL itself fails.

Digest sha256(std::string_view bytes);

/// SHA-256 as lower-case hexadecimal: the spelling in headers and SQL.
std::string sha256_hex(std::string_view bytes);

Digest hmac_sha256(std::string_view key, std::string_view bytes);

/// Compares secrets in a time that depends on their length alone.
bool equal_secrets(std::string_view a, std::string_view b);

}  // namespace ccms::crypto
