#pragma once

#include "server/app/services.h"
#include "server/http/resources/sign_in_throttle.h"
#include "server/http/router.h"
#include "server/http/slots.h"
#include "server/staff/user.h"

namespace ccms::server {

/// Signing in and out.
class SessionResource {
 public:
  explicit SessionResource(const Services& services);
  void add_routes(Router& router);

 private:
  Response sign_in(const Request& request);
  Response show(const Request& request) const;
  Response sign_out(const Request& request) const;
  Response follow_link(const Request& request) const;

  /// The user whose name and password these are.
  std::optional<User> authenticated(const std::string& login, const std::string& password) const;

  const Services& services_;
  SignInThrottle throttle_;
  Slots verifications_;
};

}  // namespace ccms::server
