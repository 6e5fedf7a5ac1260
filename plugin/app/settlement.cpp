#include "plugin/app/settlement.h"

#include "core/domain/card_redaction.h"
#include "core/settings/form_settings.h"
#include "core/settings/remedies.h"
#include "plugin/app/manager_approval.h"

namespace ccms::plugin::app {
namespace {

using domain::Error;

domain::Result<void> check_resolution(const settings::Bundle& settings, const domain::Settled& settlement) {
  const auto* resolution = settings::find_by_id(settings.resolution_codes, settlement.resolution_code.str());
  if (resolution == nullptr)
    return Error{"unknown_option", "the settings know no such resolution", "/resolution_code"};
  if (resolution->retired)
    return Error{"retired_option", "this resolution is no longer offered", "/resolution_code"};
  return {};
}

}  // namespace

domain::Result<void> allow_settlement(const Till& till, const settings::Bundle& settings,
                                      domain::Settled& settlement, const domain::Clerk& clerk,
                                      const std::string& about) {
  if (auto checked = check_resolution(settings, settlement); !checked) return checked;
  if (auto checked = settings::check_remedy(settings.form, settlement); !checked) return checked;
  if (!settlement.approved_by && till.host.asks_managers() &&
      settings::needs_approval(settings.form, settlement)) {
    auto manager =
        ask_manager(till, about + ": " + domain::redact_card_numbers(settlement.note), settlement.remedy);
    if (!manager) return manager.error();
    settlement.approved_by = *manager;
  }
  return settings::check_approval(settings.form, settlement, clerk);
}

}  // namespace ccms::plugin::app
