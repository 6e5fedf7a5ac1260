#pragma once

#include "server/app/services.h"
#include "server/http/router.h"

namespace ccms::server {

/// What operators and load balancers ask: /healthz (the process lives), /readyz (it can work: database and
/// settings are there), /metrics (Prometheus' text format).
class HealthResource {
 public:
  explicit HealthResource(const Services& services);

  void add_routes(Router& router);

 private:
  Response ready() const;

  Services services_;
};

}  // namespace ccms::server
