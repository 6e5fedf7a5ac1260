#pragma once

#include "server/app/services.h"
#include "server/http/router.h"

namespace ccms::server {

/// For the demonstration alone (`"demo": true` in the configuration): the messages that customers and
/// departments would get, and sign-in links for its personas.
class DemoResource {
 public:
  explicit DemoResource(const Services& services) : services_(services) {}
  /// Adds routes only in a demonstration.
  void add_routes(Router& router);

 private:
  Response outbox(const Request& request) const;
  Response make_login_link(const Request& request) const;

  const Services& services_;
};

}  // namespace ccms::server
