#pragma once

#include "server/app/services.h"
#include "server/http/router.h"

namespace ccms::server {

/// Tickets that belong together: links between them, and merging. All honour Idempotency-Key and If-Match,
/// which is about the ticket of the address.
class TicketLinksResource {
 public:
  explicit TicketLinksResource(const Services& services) : services_(services) {}
  void add_routes(Router& router);

 private:
  Response link(const Request& request) const;
  Response unlink(const Request& request) const;
  Response merge(const Request& request) const;
  Response undo(const Request& request) const;

  const Services& services_;
};

}  // namespace ccms::server
