#pragma once

#include <initializer_list>
#include <set>
#include <string>
#include <string_view>

#include "core/settings/problems.h"
#include "core/settings/settings.h"

/// What the schema cannot say. Each function looks at one section and reports by the paths of the document.
namespace ccms::settings {

void check_form_settings(const FormSettings& settings, Problems& problems);
void check_labels(const FormSettings& settings, Problems& problems);
void check_fields(const FormSettings& settings, Problems& problems);
void check_search_filters(const FormSettings& settings, Screen screen, const std::string& path,
                          Problems& problems);
void check_organisation(const Settings& settings, Problems& problems);
/// Opening hours: each ends after it begins, and none overlaps another.
void check_hours(const std::vector<OpeningHours>& hours, const std::string& path, Problems& problems);
void check_assignments(const Settings& settings, Problems& problems);
void check_regions(const Settings& settings, const LoadOptions& options, Problems& problems);
void check_workflows(const Settings& settings, Problems& problems);
/// A field of one workflow is shown while the form asks for a ticket of that workflow.
void bind_fields(Settings& settings, Problems& problems);
void check_roles(const Settings& settings, Problems& problems);
/// Role ids, or one of `also`.
void check_role_references(const Settings& settings, const std::vector<std::string>& roles,
                           const std::string& path, std::initializer_list<std::string_view> also,
                           Problems& problems);
void check_conditions(const Settings& settings, const TicketConditions& when, const std::string& path,
                      Problems& problems);
/// Conditions of routing: what clerks are never asked for is nothing to wait for.
void check_requests(const FormSettings& form, const TicketConditions& when, const std::string& path,
                    Problems& problems);
void check_routing(const Settings& settings, Problems& problems);
void check_turn_around_times(const Settings& settings, Problems& problems);
/// The percentage is the name of an alert: of two with the same, one would be taken for the other.
void check_alerts_differ(const Settings& settings, Problems& problems);
void check_escalation(const Settings& settings, Problems& problems);
void check_notifications(const Settings& settings, Problems& problems);
void check_till_rules(const TillRules& rules, Problems& problems);

template <class List>
void check_unique_ids(const List& list, const std::string& path, Problems& problems) {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!seen.insert(list[i].id).second) {
      problems.add(join(join(path, i), "id"), "duplicate_id", "this id is used twice in the list");
    }
  }
}

/// Reports an id that is not in `list`; returns what it names otherwise.
template <class List>
const typename List::value_type* check_reference(const List& list, const std::string& id,
                                                 const std::string& path, const std::string& what,
                                                 Problems& problems) {
  const auto* found = find_by_id(list, id);
  if (found == nullptr) problems.add(path, "unknown_reference", "there is no such " + what);
  return found;
}

/// As check_reference(), and reports one that is retired: nothing new may go there.
template <class List>
void check_current_reference(const List& list, const std::string& id, const std::string& path,
                             const std::string& what, Problems& problems) {
  const auto* found = check_reference(list, id, path, what, problems);
  if (found != nullptr && found->retired)
    problems.add(path, "retired_reference", "this " + what + " is retired");
}

/// Every one of `ids`, the elements of the array at `path`.
template <class List>
void check_references(const List& list, const std::vector<std::string>& ids, const std::string& path,
                      const std::string& what, Problems& problems) {
  for (std::size_t i = 0; i < ids.size(); ++i) check_reference(list, ids[i], join(path, i), what, problems);
}

/// A list from which people choose needs something that is not retired.
template <class List>
void check_some_current(const List& list, const std::string& path, Problems& problems) {
  for (const auto& choice : list) {
    if (!choice.retired) return;
  }
  problems.add(path, "nothing_to_choose", "everything in this list is retired");
}

}  // namespace ccms::settings
