#include "core/settings/conditions.h"

#include <algorithm>

namespace ccms::settings {
namespace {

struct PlaceCondition {
  std::vector<std::string> TicketConditions::*wanted;
  std::string StorePlace::*is;
};

constexpr PlaceCondition kPlaceConditions[] = {
    {&TicketConditions::store, &StorePlace::store},
    {&TicketConditions::concept_id, &StorePlace::concept_id},
    {&TicketConditions::area, &StorePlace::area},
    {&TicketConditions::zone, &StorePlace::zone},
    {&TicketConditions::region, &StorePlace::region},
    {&TicketConditions::legal_entity, &StorePlace::legal_entity},
};

}  // namespace

bool holds_at(const TicketConditions& when, const StorePlace& place) {
  return std::all_of(
      std::begin(kPlaceConditions), std::end(kPlaceConditions), [&](const PlaceCondition& condition) {
        const auto& wanted = when.*condition.wanted;
        return wanted.empty() || std::find(wanted.begin(), wanted.end(), place.*condition.is) != wanted.end();
      });
}

bool may_hold_at_till(const TicketConditions& when) {
  const auto& channels = when.channel;
  return when.verification.empty() &&
         (channels.empty() ||
          std::find(channels.begin(), channels.end(), domain::Channel::till) != channels.end());
}

TicketConditions anywhere(TicketConditions when) {
  for (const PlaceCondition& condition : kPlaceConditions) (when.*condition.wanted).clear();
  return when;
}

}  // namespace ccms::settings
