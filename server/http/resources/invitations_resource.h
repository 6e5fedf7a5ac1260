#pragma once

#include "server/app/services.h"
#include "server/http/resources/sign_in_throttle.h"
#include "server/http/router.h"
#include "server/http/slots.h"
#include "server/settings/published_settings.h"

namespace ccms::server {

/// Inviting people, and how those who were invited join.
class InvitationsResource {
 public:
  explicit InvitationsResource(const Services& services);
  void add_routes(Router& router);

 private:
  Response list(const Request& request) const;
  Response make(const Request& request) const;
  Response withdraw(const Request& request) const;
  Response accept(const Request& request);

  const Services& services_;
  SignInThrottle throttle_;
  Slots hashings_;
};

}  // namespace ccms::server
