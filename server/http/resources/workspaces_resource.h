#pragma once

#include "server/app/services.h"
#include "server/http/router.h"

namespace ccms::server {

/// The chain's workspaces: named sets of departments and stores that people are invited into.
class WorkspacesResource {
 public:
  explicit WorkspacesResource(const Services& services) : services_(services) {}
  void add_routes(Router& router);

 private:
  Response list(const Request& request) const;
  Response save(const Request& request) const;
  Response remove(const Request& request) const;

  const Services& services_;
};

}  // namespace ccms::server
