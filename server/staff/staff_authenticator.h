#pragma once

#include "server/app/services.h"
#include "server/http/authenticator.h"

namespace ccms::server {

/// Recognises staff by their session cookie and programs by their API key. A session that wants to change
/// something must come from our own pages and bring the CSRF token. Thread-safe.
class StaffAuthenticator final : public Authenticator {
 public:
  enum class Clients { refused, welcome };

  StaffAuthenticator(const Services& services, Clients clients) : services_(services), clients_(clients) {}

  /// Problems: 401 not_signed_in, 401 bad_api_key, 403 wrong_origin, 403 csrf_token_missing, 403 staff_only.
  Authentication authenticate(const Request& request) override;

 private:
  Authentication by_key(const std::string& key) const;
  Authentication by_session(const Request& request) const;

  const Services& services_;
  const Clients clients_;
};

}  // namespace ccms::server
