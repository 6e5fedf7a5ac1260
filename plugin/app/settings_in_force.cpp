#include "plugin/app/settings_in_force.h"

#include "core/settings/form_settings.h"
#include "plugin/app/event_writer.h"

namespace ccms::plugin::app {

domain::Result<std::shared_ptr<const TillSettings>> settings_in_force(const Till& till) {
  if (!till.keys.get()) return not_enrolled();
  auto settings = till.settings.get();
  if (!settings) {
    return domain::Error{
        "unavailable", "the settings have not come yet; they are fetched as soon as the server answers", {}};
  }
  if (!settings->bundle.till_enabled(till.config.till.str())) {
    return domain::Error{"refused", "CCMS is switched off for this till", {}};
  }
  return settings;
}

void prepare_content(const settings::Bundle& settings, domain::TicketContent& content) {
  domain::redact_card_numbers(content);
  if (!content.ticket.category) return;
  const auto* category = settings::find_by_id(settings.form.categories, content.ticket.category->str());
  if (category != nullptr && category->confidential) content.ticket.confidential = true;
}

std::string language_or_default(const Till& till, const std::string& asked) {
  return asked.empty() ? till.config.language : asked;
}

}  // namespace ccms::plugin::app
