#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/ticket.h"

namespace ccms::settings {

/// Which tickets a rule is about. Every condition given must hold; a list holds when the ticket has one of
/// its values. Routing looks at what the clerk asked for, everything later at what came of it.
struct TicketConditions {
  std::vector<domain::TicketKind> kind;
  std::vector<std::string> category, store, concept_id, area, zone, legal_entity, region, priority, language;
  std::vector<std::string> requested_department;  ///< routing alone
  std::vector<std::string> department;            ///< where the ticket is; never in routing
  std::optional<std::int64_t> min_amount;         ///< minor units of the transaction's total
  std::map<std::string, std::vector<std::string>> custom;
};

/// Where a store is in the organisation; ids, empty for an unknown store.
struct StorePlace {
  std::string store;
  std::string concept_id;
  std::string area;
  std::string zone;
  std::string region;
  std::string legal_entity;

  bool operator==(const StorePlace&) const = default;
};

/// Whether the conditions that look at the store hold there.
bool holds_at(const TicketConditions& when, const StorePlace& place);

/// The same conditions, asking nothing of the store.
TicketConditions anywhere(TicketConditions when);

}  // namespace ccms::settings
