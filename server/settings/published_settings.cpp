#include "server/settings/published_settings.h"

#include "core/workflow/escalation.h"
#include "core/workflow/tat_rules.h"

namespace ccms::server {

PublishedSettings prepare(std::int64_t version, settings::Settings settings, SettingsProvider& others) {
  auto rules = workflow::tat_rules(settings);
  auto escalation = workflow::escalation_of(settings);
  return {version, std::move(settings), std::move(rules), std::move(escalation), &others};
}

}  // namespace ccms::server
