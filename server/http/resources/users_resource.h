#pragma once

#include "server/app/services.h"
#include "server/http/router.h"

namespace ccms::server {

/// Whom a ticket can be assigned to, and whom somebody looks after.
class UsersResource {
 public:
  explicit UsersResource(const Services& services) : services_(services) {}
  void add_routes(Router& router);

 private:
  Response list(const Request& request) const;

  const Services& services_;
};

}  // namespace ccms::server
