#pragma once

#include "server/app/services.h"
#include "server/http/router.h"

namespace ccms::server {

/// What was told to whom about a ticket, and the gateway's reports on what became of it.
class NotificationsResource {
 public:
  explicit NotificationsResource(const Services& services) : services_(services) {}
  void add_routes(Router& router);

 private:
  Response of_ticket(const Request& request) const;
  Response delivery_report(const Request& request) const;

  const Services& services_;
};

}  // namespace ccms::server
