#pragma once

#include "server/app/services.h"
#include "server/http/router.h"

namespace ccms::server {

/// The change feed: which tickets are other ones since a number.
class ChangesResource {
 public:
  explicit ChangesResource(const Services& services) : services_(services) {}
  void add_routes(Router& router);

 private:
  Response list(const Request& request) const;

  const Services& services_;
};

}  // namespace ccms::server
