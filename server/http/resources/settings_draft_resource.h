#pragma once

#include "server/app/services.h"
#include "server/http/router.h"

namespace ccms::server {

/// Writing the next version of the settings, for headquarters: one draft that all of them share. Whoever
/// replaces or discards what is there says by If-Match what they have seen of it.
class SettingsDraftResource {
 public:
  explicit SettingsDraftResource(const Services& services) : services_(services) {}
  void add_routes(Router& router);

 private:
  Response show(const Request& request) const;
  Response save(const Request& request) const;
  Response discard(const Request& request) const;

  const Services& services_;
};

}  // namespace ccms::server
