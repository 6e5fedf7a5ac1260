#pragma once

#include "server/app/services.h"
#include "server/http/router.h"
#include "server/settings/store_settings.h"

namespace ccms::server {

/// What would become of the draft, for headquarters: what is wrong with it, and what would change. Writes
/// nothing.
class SettingsReviewResource {
 public:
  SettingsReviewResource(const Services& services, StoreSettings& store_settings)
      : services_(services), store_settings_(store_settings) {}
  void add_routes(Router& router);

 private:
  Response check(const Request& request) const;
  Response preview(const Request& request) const;

  const Services& services_;
  StoreSettings& store_settings_;
};

}  // namespace ccms::server
