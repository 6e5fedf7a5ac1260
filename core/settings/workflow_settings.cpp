#include "core/settings/workflow_settings.h"

#include <algorithm>

namespace ccms::settings {
namespace {

template <class List, class Value>
bool contains(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

bool Transition::starts_in(std::string_view state) const noexcept { return contains(from, state); }

bool Transition::is_for(std::string_view somebody) const noexcept { return contains(who, somebody); }

bool Transition::asks_for(Requirement requirement) const noexcept { return contains(needs, requirement); }

bool WorkflowChoice::holds(domain::TicketKind kind,
                           const std::optional<domain::CategoryId>& category) const noexcept {
  return (kinds.empty() || contains(kinds, kind)) &&
         (categories.empty() || (category && contains(categories, category->str())));
}

}  // namespace ccms::settings
