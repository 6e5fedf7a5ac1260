#pragma once

#include <memory>
#include <string>

#include "core/domain/result.h"
#include "core/settings/bundle.h"
#include "core/workflow/tat.h"

namespace ccms::plugin::app {

/// The settings bundle in force, parsed.
struct TillSettings {
  settings::Bundle bundle;
  workflow::TatRules tat;  ///< of the bundle
  std::string etag;
};

/// Errors: "bad_value" with what is wrong with the bundle.
domain::Result<std::shared_ptr<const TillSettings>> parse_till_settings(const std::string& body,
                                                                        std::string etag);

}  // namespace ccms::plugin::app
