#pragma once

#include "server/app/services.h"
#include "server/http/router.h"

namespace ccms::server {

/// What the console needs of the chain's settings: lists to choose from, the process flow, and forms.
class MetaResource {
 public:
  explicit MetaResource(const Services& services) : services_(services) {}
  void add_routes(Router& router);

 private:
  Response meta(const Request& request) const;
  Response form(const Request& request) const;

  const Services& services_;
};

}  // namespace ccms::server
