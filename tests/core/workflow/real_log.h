#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/settings/settings.h"
#include "core/workflow/timeline.h"

/// The incidents of a bank, with their events, as tickets of a workflow that was made for them.
namespace ccms::workflow::testing {

struct LoggedEvent {
  std::string activity;
  std::string timestamp;  ///< wall clock without an offset
  std::string number;     ///< orders events of one timestamp
  std::string team;
};

struct LoggedCase {
  std::string id;
  std::string priority;
  std::vector<LoggedEvent> events;  ///< in the order they happened
};

/// Reads both files of the shared data. Throws std::runtime_error when one cannot be read.
std::vector<LoggedCase> read_real_log();

/// Open, in progress, with the vendor (which pauses the clock), resolved, closed.
settings::Settings real_log_settings();

inline constexpr const char* kRealLogZone = "Europe/Amsterdam";

/// What became of one case under the workflow.
struct ReplayedCase {
  Timeline timeline;  ///< at whole minutes
  bool closed = false;
  std::size_t taken = 0;  ///< events that were a transition
  std::size_t notes = 0;  ///< events that are none: updates, mails, analyses
  /// Events that are a transition which the workflow does not have from that state: (state, activity). The
  /// ticket follows them all the same, because they happened.
  std::map<std::pair<std::string, std::string>, std::size_t> forbidden;
};

ReplayedCase replay(const settings::Settings& settings, const LoggedCase& logged);

}  // namespace ccms::workflow::testing
