#include "core/wire/signing.h"

namespace ccms::wire {
namespace {

std::string with_digest(std::string_view purpose, const domain::Digest& digest) {
  std::string bytes(purpose);
  bytes += domain::bytes_view(digest);
  return bytes;
}

}  // namespace

std::string capture_signing_bytes(const domain::Digest& capture) {
  return with_digest("ccms-capture-1", capture);
}

std::string bundle_signing_bytes(const domain::Digest& bundle) {
  return with_digest("ccms-bundle-1", bundle);
}

std::string request_signing_bytes(const SignedRequest& request) {
  std::string bytes = "ccms-request-1";
  for (const std::string& part :
       {request.method, request.path, request.till.str(), std::to_string(request.epoch), request.digest,
        std::to_string(request.time_ms), request.nonce, std::to_string(request.generation)}) {
    bytes += '\n';
    bytes += part;
  }
  return bytes;
}

}  // namespace ccms::wire
