#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/settings/settings.h"

namespace ccms::workflow {

/// The part of a ticket that routing looks at.
struct RoutingFacts {
  std::string kind;
  std::string store;  ///< where it was reported; concept and region follow from it
  std::optional<std::string> category;
  std::optional<std::string> requested_department;
  std::optional<std::string> requested_priority;
  std::optional<std::int64_t> amount;  ///< the transaction's total in minor units
  /// Custom values as text: option ids, "true"/"false", numbers as written. One element but for multiple
  /// choice.
  std::map<std::string, std::vector<std::string>> custom;
};

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

/// Ordered rules, the first that matches wins; without one the fallback. Always has an answer.
Route route(const settings::Settings& settings, const RoutingFacts& facts);

/// A Route's explanation as one line for people, in English or German (others: English).
std::string explain(const settings::Settings& settings, const RoutingFacts& facts, const Route& route,
                    const std::string& language);

}  // namespace ccms::workflow
