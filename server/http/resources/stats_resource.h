#pragma once

#include "server/app/services.h"
#include "server/http/router.h"

namespace ccms::server {

/// Figures over the tickets that somebody may see, their messages, and the tills they come from.
class StatsResource {
 public:
  explicit StatsResource(const Services& services) : services_(services) {}
  void add_routes(Router& router);

 private:
  Response show(const Request& request) const;

  const Services& services_;
};

}  // namespace ccms::server
