#pragma once

#include "server/app/services.h"
#include "server/http/router.h"

namespace ccms::server {

/// Searching, reading and making tickets.
class TicketsResource {
 public:
  explicit TicketsResource(const Services& services) : services_(services) {}
  void add_routes(Router& router);

 private:
  Response list(const Request& request) const;
  Response get(const Request& request) const;
  Response history(const Request& request) const;

  const Services& services_;
};

}  // namespace ccms::server
