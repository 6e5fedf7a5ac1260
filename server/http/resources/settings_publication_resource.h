#pragma once

#include <cstdint>

#include "server/app/services.h"
#include "server/http/idempotency.h"
#include "server/http/router.h"
#include "server/settings/store_settings.h"

namespace ccms::server {

/// Making the draft a version, for headquarters, giving a version to stores or to everyone, and going back.
/// The POSTs honour Idempotency-Key.
class SettingsPublicationResource {
 public:
  SettingsPublicationResource(const Services& services, StoreSettings& store_settings)
      : services_(services), store_settings_(store_settings) {}
  void add_routes(Router& router);

 private:
  Response publish(const Request& request) const;
  Response start_rollout(const Request& request) const;
  Response end_rollout(const Request& request) const;
  Response roll_back(const Request& request) const;
  /// Nobody gets by publishing what they could not be given.
  std::optional<Response> refuse_raise(const Request& request, const std::string& document) const;
  /// Does it once, lets this process see it at once, and writes it into the log under `event`.
  Response change(const Request& request, const char* event, const Change& work) const;

  const Services& services_;
  StoreSettings& store_settings_;
};

}  // namespace ccms::server
