#pragma once

#include "server/app/services.h"
#include "server/http/authenticator.h"

namespace ccms::server {

/// Checks the signature headers of a till's request, in an order that asks the database nothing for an
/// unsigned one: headers and body digest, key, signature, clock (±300 s), epoch and generation, nonce.
/// Refusals: 401 unsigned, unknown_till, bad_signature, clock_skew (with server_time), key_revoked,
/// replayed_nonce; 403 till_disabled; 409 generation_stale.
class TillAuthenticator : public Authenticator {
 public:
  /// `for_rekey`: a retired key and any generation will do; a revoked key never does.
  TillAuthenticator(const Services& services, bool for_rekey) : services_(services), for_rekey_(for_rekey) {}

  Authentication authenticate(const Request& request) override;

 private:
  Services services_;
  bool for_rekey_;
};

}  // namespace ccms::server
