#pragma once

#include "server/app/services.h"
#include "server/http/router.h"

namespace ccms::server {

/// What the tills sent, byte by byte, for headquarters: proof of what was captured, and the other side of a
/// comparison with what a till acknowledged.
class CapturesResource {
 public:
  explicit CapturesResource(const Services& services) : services_(services) {}
  void add_routes(Router& router);

 private:
  Response list(const Request& request) const;

  const Services& services_;
};

}  // namespace ccms::server
