#include "core/workflow/tat_rules.h"

#include <unordered_map>

#include "core/workflow/conditions.h"

namespace ccms::workflow {
namespace {

void add_calendar(TatRules& rules, const std::string& region, const settings::Calendar& calendar) {
  if (auto working_time = WorkingTime::of(calendar))
    rules.calendars.emplace(region, *std::move(working_time));
}

}  // namespace

TatRules tat_rules(const settings::Settings& settings) {
  TatRules rules;
  rules.tats = settings.tats;
  rules.role_times = settings.role_times;
  for (const auto& region : settings.regions) add_calendar(rules, region.id, region);
  std::unordered_map<std::string, settings::StorePlace> places;
  for (const auto& store : settings.organisation.stores)
    places.emplace(store.id, settings.place_of(store.id));
  rules.holds = [places = std::move(places)](const settings::TicketConditions& when, const TatFacts& facts) {
    const auto place = places.find(facts.ticket.store.str());
    return holds(when, facts, place == places.end() ? settings::StorePlace{} : place->second);
  };
  return rules;
}

TatRules tat_rules(const settings::Bundle& bundle) {
  TatRules rules;
  rules.tats = bundle.tats;
  if (bundle.calendar) add_calendar(rules, bundle.region, *bundle.calendar);
  rules.holds = [](const settings::TicketConditions& when, const TatFacts& facts) {
    return holds(when, facts, settings::StorePlace{});
  };
  return rules;
}

}  // namespace ccms::workflow
