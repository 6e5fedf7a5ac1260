#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/domain/ticket.h"

namespace ccms::settings {

/// From one value to another, both included: of a number, of money in minor units, or of a date
/// ("2026-11-21").
struct CustomRange {
  using End = std::variant<double, std::string>;

  std::optional<End> min;
  std::optional<End> max;
};

/// Which tickets a rule is about. Every condition given must hold; a list holds when the ticket has one of
/// its values. Routing looks at what the clerk asked for, everything later at what came of it.
struct TicketConditions {
  std::vector<domain::TicketKind> kind;
  std::vector<std::string> category, store, concept_id, area, zone, legal_entity, region, priority, language;
  std::vector<std::string> requested_department;  ///< routing alone
  std::vector<std::string> department;            ///< where the ticket is; never in routing
  std::optional<std::int64_t> min_amount;         ///< minor units of the transaction's total
  std::map<std::string, std::vector<std::string>> custom;

  // Routing alone:
  std::map<std::string, CustomRange> custom_range;
  std::vector<std::string> words;  ///< words or phrases, one of which the details hold
  std::vector<domain::Channel> channel;
  std::vector<domain::Verification> verification;
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

/// Whether a till can tell: it does not know what verification will find.
bool may_hold_at_till(const TicketConditions& when);

/// The same conditions, asking nothing of the store.
TicketConditions anywhere(TicketConditions when);

}  // namespace ccms::settings
