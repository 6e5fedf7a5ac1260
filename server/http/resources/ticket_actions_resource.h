#pragma once

#include "server/app/services.h"
#include "server/http/router.h"

namespace ccms::server {

/// Working a ticket: actions of the process flow, and comments. Both honour Idempotency-Key.
class TicketActionsResource {
 public:
  explicit TicketActionsResource(const Services& services) : services_(services) {}
  void add_routes(Router& router);

 private:
  Response act(const Request& request) const;
  Response acknowledge(const Request& request) const;
  Response comment(const Request& request) const;

  const Services& services_;
};

}  // namespace ccms::server
