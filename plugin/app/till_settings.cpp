#include "plugin/app/till_settings.h"

#include <utility>

#include "core/workflow/tat_rules.h"

namespace ccms::plugin::app {

domain::Result<std::shared_ptr<const TillSettings>> parse_till_settings(const std::string& body,
                                                                        std::string etag) {
  auto loaded = settings::parse_bundle(body);
  if (!loaded.value) {
    const std::string why = loaded.problems.empty() ? "unreadable" : loaded.problems.front().error.message;
    return domain::Error{"bad_value", "the settings bundle cannot be used: " + why, {}};
  }
  auto rules = workflow::tat_rules(*loaded.value);
  return std::make_shared<const TillSettings>(
      TillSettings{std::move(*loaded.value), std::move(rules), std::move(etag)});
}

}  // namespace ccms::plugin::app
