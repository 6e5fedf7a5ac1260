#include "core/settings/workflow_settings.h"

#include <algorithm>

namespace ccms::settings {

bool Transition::starts_in(std::string_view state) const noexcept {
  return std::find(from.begin(), from.end(), state) != from.end();
}

bool WorkflowChoice::holds(domain::TicketKind kind, std::string_view category) const noexcept {
  const bool kind_fits = kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  return kind_fits && (categories.empty() ||
                       std::find(categories.begin(), categories.end(), category) != categories.end());
}

}  // namespace ccms::settings
