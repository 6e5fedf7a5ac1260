#include "tests/core/workflow/real_log/targets.h"

#include <utility>

#include "core/settings/find_by_id.h"
#include "tests/core/workflow/real_log/log.h"

namespace ccms::workflow::testing {
namespace {

using settings::OnChange;
using settings::OnReopen;
using settings::Span;
using settings::Tat;
using settings::TatClock;

Span hours_on_the_clock(std::int64_t hours) { return {Span::Unit::elapsed_minutes, hours * 60}; }
Span working_hours(std::int64_t hours) { return {Span::Unit::working_minutes, hours * 60}; }
Span working_days(std::int64_t days) { return {Span::Unit::working_days, days}; }

Tat tat(std::string id, Span maximum) {
  Tat made;
  made.id = std::move(id);
  made.maximum = maximum;
  return made;
}

settings::Calendar dutch_office() {
  constexpr unsigned workdays = 0b0011111;
  constexpr unsigned saturday = 0b0100000;
  return {kRealLogZone,
          {{workdays, 8 * 60, 12 * 60 + 30}, {workdays, 13 * 60 + 15, 18 * 60}, {saturday, 9 * 60, 12 * 60}},
          {},
          {"2013-04-01", "2013-04-30", "2013-05-09", "2013-05-20", "2013-12-25", "2013-12-26", "2014-01-01"}};
}

}  // namespace

std::string resolution_of(const std::string& priority) { return "resolve " + priority; }

std::string maximum_of(const OracleVersion& targets, const std::string& tat) {
  const Span maximum = settings::find_by_id(targets.tats, tat)->maximum.value();
  if (maximum.unit == Span::Unit::working_days) return std::to_string(maximum.amount) + " working days";
  return std::to_string(maximum.amount / 60) +
         (maximum.unit == Span::Unit::working_minutes ? " working hours" : " hours");
}

OracleVersion real_log_targets() {
  OracleVersion targets;
  const std::pair<const char*, Span> maxima[] = {{"2", hours_on_the_clock(8)},
                                                 {"3", working_hours(16)},
                                                 {"4", working_days(5)},
                                                 {"5", working_days(10)}};
  for (const auto& [priority, maximum] : maxima) {
    Tat resolution = tat(resolution_of(priority), maximum);
    resolution.when.priority = {priority};
    resolution.minimum = {{"2", hours_on_the_clock(4)},
                          {"3", working_hours(8)},
                          {"4", working_days(2)},
                          {"5", working_days(5)}};
    // The urgent ones get a fresh start when they come back.
    resolution.on_reopen = maximum.unit == Span::Unit::working_days ? OnReopen::go_on : OnReopen::restart;
    targets.tats.push_back(resolution);
  }
  Tat answer = tat("answer", working_hours(2));
  answer.clock = TatClock::first_response;
  targets.tats.push_back(answer);
  Tat team = tat("one team", working_days(2));
  team.on_change = OnChange::restart;
  targets.tats.push_back(team);
  Tat law = tat(kByLaw, hours_on_the_clock(20 * 24));
  law.pauses = false;
  targets.tats.push_back(law);
  targets.calendars["nl"] = dutch_office();
  return targets;
}

}  // namespace ccms::workflow::testing
