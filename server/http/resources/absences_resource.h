#pragma once

#include "server/app/services.h"
#include "server/http/router.h"

namespace ccms::server {

/// When people are away, and who covers for them: their own to say, or for whoever changes people.
class AbsencesResource {
 public:
  explicit AbsencesResource(const Services& services) : services_(services) {}
  void add_routes(Router& router);

 private:
  Response show(const Request& request) const;
  Response replace(const Request& request) const;

  const Services& services_;
};

}  // namespace ccms::server
