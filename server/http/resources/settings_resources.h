#pragma once

#include "server/http/resources/settings_draft_resource.h"
#include "server/http/resources/settings_publication_resource.h"
#include "server/http/resources/settings_review_resource.h"
#include "server/http/resources/settings_versions_resource.h"
#include "server/http/resources/settings_what_if_resource.h"

namespace ccms::server {

/// Everything under /api/v1/settings: the life of the settings document.
class SettingsResources {
 public:
  SettingsResources(const Services& services, StoreSettings& store_settings)
      : versions_(services),
        draft_(services),
        review_(services, store_settings),
        what_if_(services),
        publication_(services, store_settings) {}

  void add_routes(Router& router) {
    versions_.add_routes(router);
    draft_.add_routes(router);
    review_.add_routes(router);
    what_if_.add_routes(router);
    publication_.add_routes(router);
  }

 private:
  SettingsVersionsResource versions_;
  SettingsDraftResource draft_;
  SettingsReviewResource review_;
  SettingsWhatIfResource what_if_;
  SettingsPublicationResource publication_;
};

}  // namespace ccms::server
