#pragma once

#include "server/app/services.h"
#include "server/http/router.h"
#include "server/ledger/customer_directory.h"

namespace ccms::server {

/// Tickets made by staff and by programs, as opposed to those that tills send.
class CreateTicketResource {
 public:
  /// What is passed outlives the resource.
  CreateTicketResource(const Services& services, CustomerDirectory& directory)
      : services_(services), directory_(directory) {}
  void add_routes(Router& router);

 private:
  Response create(const Request& request) const;

  const Services& services_;
  CustomerDirectory& directory_;
};

}  // namespace ccms::server
