#include "server/settings/timed_steps.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "core/workflow/tat_rules.h"
#include "server/settings/version_table.h"

namespace ccms::server {
namespace {

/// How long a ticket stays in a state of a workflow until it moves on by itself, and what could keep it from
/// that.
using Waits =
    std::map<std::pair<std::string, std::string>, std::pair<settings::Span, settings::VerificationFlow>>;

Waits waits_of(const settings::Settings& settings) {
  Waits waits;
  for (const auto& workflow : settings.workflows) {
    for (const auto& transition : workflow.transitions) {
      if (!transition.after) continue;
      for (const auto& state : transition.from)
        waits.emplace(std::pair{workflow.id, state}, std::pair{*transition.after, workflow.verification});
    }
  }
  return waits;
}

/// What working time is counted on at each store.
struct Calendars {
  std::map<std::string, workflow::WorkingTime, std::less<>> by_region;
  std::map<std::string, std::string> region_by_store;

  bool operator==(const Calendars&) const = default;
};

Calendars calendars_of(const settings::Settings& settings) {
  std::map<std::string_view, std::string_view> region_by_area;
  for (const auto& area : settings.organisation.areas) region_by_area.emplace(area.id, area.region);
  Calendars calendars;
  calendars.by_region = workflow::tat_rules(settings).calendars;
  for (const auto& store : settings.organisation.stores) {
    if (const auto area = region_by_area.find(store.area); area != region_by_area.end())
      calendars.region_by_store.emplace(store.id, area->second);
  }
  return calendars;
}

std::set<std::string> states_that_wait_anew(const settings::Settings* former,
                                            const settings::Settings& next) {
  const auto before = former == nullptr ? Waits() : waits_of(*former);
  const bool same_calendars = former != nullptr && calendars_of(*former) == calendars_of(next);
  std::set<std::string> states;
  for (const auto& [place, wait] : waits_of(next)) {
    const auto known = before.find(place);
    const bool same_length = same_calendars || wait.first.unit == settings::Span::Unit::elapsed_minutes;
    if (known == before.end() || known->second != wait || !same_length) states.insert(place.second);
  }
  return states;
}

/// Appended to a SELECT of rows that must stay as they are. The dialect's own lock lets only one transaction
/// at a time have them, and the jobs of several servers would wait for each other; where it is not needed,
/// this is not either.
std::string share_lock(const db::Dialect& dialect) {
  return dialect.for_update().empty() ? "" : " LOCK IN SHARE MODE";
}

}  // namespace

void wake_waiting_tickets(db::Connection& connection, const settings::Settings* former,
                          const settings::Settings& next, Instant now) {
  const auto at = to_epoch_ms(now);
  for (const auto& state : states_that_wait_anew(former, next)) {
    connection.execute(
        "UPDATE ticket_timers SET due_at = ? WHERE due_at > ? AND ticket_id IN "
        "(SELECT ticket_id FROM tickets WHERE state = ?)",
        {at, at, state});
    connection.execute(
        "INSERT INTO ticket_timers (ticket_id, due_at) SELECT ticket_id, ? FROM tickets WHERE state = ? AND "
        "training = 0 AND withdrawn = 0 AND merged_into IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM ticket_timers WHERE ticket_timers.ticket_id = tickets.ticket_id)",
        {at, state});
  }
}

std::int64_t hold_version_in_force(db::Connection& connection) {
  // The row that VersionTable::lock_newest() locks.
  connection.query("SELECT version FROM settings_versions ORDER BY version LIMIT 1" +
                   share_lock(connection.dialect()));
  return VersionTable(connection).in_force();
}

bool is_overtaken(db::Connection& connection, std::int64_t version) {
  return !connection
              .query(
                  "SELECT version FROM settings_versions WHERE version > ? AND in_force_at IS NOT NULL "
                  "LIMIT 1",
                  {version})
              .empty();
}

}  // namespace ccms::server
