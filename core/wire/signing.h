#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/domain/encoding.h"
#include "core/domain/ids.h"
#include "core/domain/time.h"

// The exact bytes that signatures cover. Digests are SHA-256, computed by the caller (core/crypto).

namespace ccms::wire {

/// "ccms-capture-1" and the digest of the capture's bytes: 46 bytes.
std::string capture_signing_bytes(const domain::Digest& capture);

/// "ccms-bundle-1" and the digest of the settings bundle's bytes: 45 bytes.
std::string bundle_signing_bytes(const domain::Digest& bundle);

/// Names of the headers that a till signs a request with.
inline constexpr std::string_view kTillHeader = "CCMS-Till";
inline constexpr std::string_view kEpochHeader = "CCMS-Epoch";
inline constexpr std::string_view kTimeHeader = "CCMS-Time";
inline constexpr std::string_view kNonceHeader = "CCMS-Nonce";
inline constexpr std::string_view kDigestHeader = "CCMS-Digest";
inline constexpr std::string_view kGenerationHeader = "CCMS-Generation";
inline constexpr std::string_view kSignatureHeader = "CCMS-Signature";
inline constexpr std::string_view kBundleSignatureHeader = "CCMS-Bundle-Signature";

inline constexpr std::size_t kNonceBytes = 16;  ///< smallest size of a nonce, before hexadecimal

/// Everything about a request that its signature covers.
struct SignedRequest {
  std::string method;  ///< upper case
  std::string path;    ///< as sent: path and query
  domain::TillId till;
  std::int64_t epoch = 0;
  std::string digest;        ///< SHA-256 of the body, hexadecimal; of no bytes when there is no body
  std::int64_t time_ms = 0;  ///< epoch ms by the till's clock plus the offset it learnt
  std::string nonce;         ///< hexadecimal
  std::int64_t generation = 0;
};

/// "ccms-request-1" and the members in the order method, path, till, epoch, digest, time, nonce, generation,
/// joined by line feeds.
std::string request_signing_bytes(const SignedRequest& request);

}  // namespace ccms::wire
