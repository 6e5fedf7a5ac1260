#pragma once

#include "server/app/services.h"
#include "server/http/router.h"

namespace ccms::server {

/// Trying settings out, for headquarters: a ticket that nobody sends under any of them, and the last tickets
/// under the draft. Writes nothing.
class SettingsWhatIfResource {
 public:
  explicit SettingsWhatIfResource(const Services& services) : services_(services) {}
  void add_routes(Router& router);

 private:
  Response simulate(const Request& request) const;
  Response replay(const Request& request) const;

  const Services& services_;
};

}  // namespace ccms::server
