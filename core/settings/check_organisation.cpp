#include <algorithm>
#include <set>

#include "core/settings/calendar.h"
#include "core/settings/calendar_date.h"
#include "core/settings/checks.h"

namespace ccms::settings {
namespace {

bool overlap(const OpeningHours& a, const OpeningHours& b) {
  return (a.days & b.days) != 0 && a.from_minute < b.to_minute && b.from_minute < a.to_minute;
}

void check_holidays(const std::vector<std::string>& holidays, const std::string& path, Problems& problems) {
  for (std::size_t i = 0; i < holidays.size(); ++i) {
    if (!is_calendar_date(holidays[i])) problems.add(join(path, i), "bad_value", "there is no such date");
  }
}

void check_seasons(const std::vector<Season>& seasons, const std::string& path, Problems& problems) {
  check_unique_ids(seasons, path, problems);
  for (std::size_t i = 0; i < seasons.size(); ++i) {
    const Season& season = seasons[i];
    const std::string at = join(path, i);
    const auto from = parse_season_day(season.from);
    const auto until = parse_season_day(season.until);
    if (!from) problems.add(join(at, "from"), "bad_value", "there is no such day");
    if (!until) problems.add(join(at, "until"), "bad_value", "there is no such day");
    if (from && until && from->year.has_value() != until->year.has_value()) {
      problems.add(join(at, "until"), "contradiction", "both days have a year, or neither has");
    } else if (from && until && from->year && (season.until < season.from)) {
      problems.add(join(at, "until"), "contradiction", "ends before it begins");
    }
    check_hours(season.hours, join(at, "hours"), problems);
  }
}

void check_store(const Organisation& organisation, const Store& store, const std::string& path,
                 Problems& problems) {
  check_reference(organisation.legal_entities, store.legal_entity, join(path, "legal_entity"), "legal entity",
                  problems);
  check_reference(organisation.concepts, store.concept_id, join(path, "concept"), "concept", problems);
  check_reference(organisation.areas, store.area, join(path, "area"), "area", problems);
}

/// Till ids are unique in the whole chain: a till is enrolled by its id alone.
void check_tills(const std::vector<Store>& stores, Problems& problems) {
  std::set<std::string_view> seen;
  for (std::size_t s = 0; s < stores.size(); ++s) {
    const std::string path = join(join("/organisation/stores", s), "tills");
    for (std::size_t t = 0; t < stores[s].tills.size(); ++t) {
      if (seen.insert(stores[s].tills[t].id).second) continue;
      problems.add(join(join(path, t), "id"), "duplicate_id", "another till of the chain has this id");
    }
  }
}

}  // namespace

void check_hours(const std::vector<OpeningHours>& hours, const std::string& path, Problems& problems) {
  for (std::size_t i = 0; i < hours.size(); ++i) {
    if (hours[i].from_minute >= hours[i].to_minute) {
      problems.add(join(join(path, i), "to"), "contradiction", "ends before it begins");
    }
    const auto clash = [&](const OpeningHours& earlier) { return overlap(earlier, hours[i]); };
    if (std::any_of(hours.begin(), hours.begin() + static_cast<std::ptrdiff_t>(i), clash)) {
      problems.add(join(path, i), "overlapping_hours", "overlaps an earlier entry on the same day");
    }
  }
}

void check_organisation(const Settings& settings, Problems& problems) {
  const Organisation& organisation = settings.organisation;
  check_unique_ids(organisation.legal_entities, "/organisation/legal_entities", problems);
  check_unique_ids(organisation.zones, "/organisation/zones", problems);
  check_unique_ids(organisation.concepts, "/organisation/concepts", problems);
  check_unique_ids(organisation.areas, "/organisation/areas", problems);
  check_unique_ids(organisation.stores, "/organisation/stores", problems);
  for (std::size_t i = 0; i < organisation.areas.size(); ++i) {
    const std::string path = join("/organisation/areas", i);
    const Area& area = organisation.areas[i];
    check_reference(organisation.zones, area.zone, join(path, "zone"), "zone", problems);
    check_reference(settings.regions, area.region, join(path, "region"), "region", problems);
  }
  for (std::size_t i = 0; i < organisation.stores.size(); ++i) {
    check_store(organisation, organisation.stores[i], join("/organisation/stores", i), problems);
  }
  check_tills(organisation.stores, problems);
}

void check_regions(const Settings& settings, const LoadOptions& options, Problems& problems) {
  check_unique_ids(settings.regions, "/regions", problems);
  for (std::size_t i = 0; i < settings.regions.size(); ++i) {
    const Region& region = settings.regions[i];
    const std::string path = join("/regions", i);
    if (options.time_zone_exists && !options.time_zone_exists(region.time_zone)) {
      problems.add(join(path, "time_zone"), "unknown_time_zone", "there is no such time zone");
    }
    check_hours(region.hours, join(path, "hours"), problems);
    check_seasons(region.seasons, join(path, "seasons"), problems);
    check_holidays(region.holidays, join(path, "holidays"), problems);
  }
}

}  // namespace ccms::settings
