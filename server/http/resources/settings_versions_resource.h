#pragma once

#include "server/app/services.h"
#include "server/http/router.h"

namespace ccms::server {

/// Looking at the versions of the settings, for headquarters: the list, a version's document as it was
/// published, and what two of them, or one and the draft, say differently.
class SettingsVersionsResource {
 public:
  explicit SettingsVersionsResource(const Services& services) : services_(services) {}
  void add_routes(Router& router);

 private:
  Response list(const Request& request) const;
  Response show(const Request& request) const;
  Response compare(const Request& request) const;

  const Services& services_;
};

}  // namespace ccms::server
