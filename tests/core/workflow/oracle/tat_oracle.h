#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/workflow/tat.h"
#include "core/workflow/timeline.h"
#include "tests/core/workflow/oracle/working_time_oracle.h"

namespace ccms::workflow::testing {

/// One settings version as the oracle reads it. Calendars are looked at minute by minute.
struct OracleVersion {
  std::vector<settings::Tat> tats;
  std::map<std::string, settings::Calendar> calendars;  ///< by region
};

/// Whether a TAT's conditions hold in these tests: by priority, and by department (asked for as
/// requested_department).
bool oracle_holds(const settings::TicketConditions& when, const TatFacts& facts);

struct OracleStatus {
  std::string tat;
  bool in_force = false;
  int round = 1;
  domain::Instant started;
  bool paused = false;
  bool stopped = false;
  std::int64_t elapsed_minutes = 0;
  bool beyond = false;         ///< working days that end later than the oracle looks: nothing else counts
  bool deadline_known = true;  ///< false: the oracle did not look far enough
  std::optional<domain::Instant> aim, deadline;
  std::vector<Breach> breaches;
};

/// Turn-around times by living through every minute of a ticket. Entries are at whole minutes, in order,
/// without roles; TATs of one id have the same clock in all versions.
std::vector<OracleStatus> live_through(const std::map<std::int64_t, OracleVersion>& versions,
                                       const WallMinutes& wall, const Timeline& timeline,
                                       domain::Instant now);

}  // namespace ccms::workflow::testing
