#include "core/workflow/conditions.h"

#include <algorithm>

#include "core/settings/visibility.h"

namespace ccms::workflow {
namespace {

/// An empty list is no condition.
bool one_of(const std::vector<std::string>& wanted, const std::string& value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

template <class Id>
bool one_of(const std::vector<std::string>& wanted, const std::optional<Id>& value) {
  return wanted.empty() || (value && one_of(wanted, value->str()));
}

bool custom_holds(const settings::TicketConditions& when, const domain::CustomValues& custom) {
  return std::all_of(when.custom.begin(), when.custom.end(), [&](const auto& condition) {
    const auto value = custom.find(domain::FieldId(condition.first));
    if (value == custom.end()) return false;
    const std::vector<std::string> given = settings::condition_values(value->second);
    return std::any_of(given.begin(), given.end(),
                       [&](const std::string& one) { return one_of(condition.second, one); });
  });
}

/// What never changes with the ticket's way through the chain.
bool subject_holds(const settings::TicketConditions& when, const domain::TicketFacts& facts) {
  return (when.kind.empty() ||
          std::find(when.kind.begin(), when.kind.end(), facts.kind) != when.kind.end()) &&
         one_of(when.category, facts.category) && one_of(when.language, facts.language) &&
         (!when.min_amount || (facts.amount && facts.amount->amount >= *when.min_amount)) &&
         custom_holds(when, facts.custom);
}

}  // namespace

bool holds(const settings::TicketConditions& when, const domain::TicketFacts& facts,
           const settings::StorePlace& place) {
  return settings::holds_at(when, place) && subject_holds(when, facts) &&
         one_of(when.priority, facts.priority) &&
         one_of(when.requested_department, facts.requested_department);
}

bool holds(const settings::TicketConditions& when, const TatFacts& facts, const settings::StorePlace& place) {
  return settings::holds_at(when, place) && subject_holds(when, facts.ticket) &&
         one_of(when.priority, facts.priority) && one_of(when.department, facts.department);
}

}  // namespace ccms::workflow
