#pragma once

#include <string>
#include <vector>

#include "core/domain/ticket.h"
#include "core/settings/settings.h"

namespace ccms::workflow {

/// Where a ticket goes, and why. `explanation` holds stable codes for the ticket page:
/// rule_matched, fallback_used, then for each of department and priority one of
/// requested_department_binding (the clerk decided), requested_department_agreed (the rule said the same),
/// requested_department_changed (a rule said otherwise), requested_department_ignored (hidden or retired) —
/// none when nothing was requested.
struct Route {
  std::string department;
  std::string priority;
  std::string rule;  ///< id of the rule that matched, or empty: the fallback
  std::vector<std::string> explanation;

  bool operator==(const Route&) const = default;
};

/// What routing needs of the settings, or of a store's bundle.
struct RoutingView {
  const settings::Routing& routing;
  const settings::FormSettings& form;
  settings::StorePlace place;  ///< of the ticket's store
};

/// Ordered rules, the first that matches wins; without one the fallback. Always has an answer.
Route route(const RoutingView& view, const domain::TicketFacts& facts);
Route route(const settings::Settings& settings, const domain::TicketFacts& facts);

/// A Route's explanation as one line for people, in English or German (others: English).
std::string explain(const settings::Settings& settings, const domain::TicketFacts& facts, const Route& route,
                    const std::string& language);

}  // namespace ccms::workflow
