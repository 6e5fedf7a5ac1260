#pragma once

#include "server/app/services.h"
#include "server/http/router.h"

namespace ccms::server {

/// What was done in administration, for those who may see it.
class AuditResource {
 public:
  explicit AuditResource(const Services& services) : services_(services) {}
  void add_routes(Router& router);

 private:
  Response list(const Request& request) const;

  const Services& services_;
};

}  // namespace ccms::server
