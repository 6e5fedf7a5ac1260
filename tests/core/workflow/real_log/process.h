#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/settings/settings.h"
#include "core/workflow/timeline.h"
#include "tests/core/workflow/real_log/log.h"

/// The bank's incidents as tickets of a workflow that was made for them.
namespace ccms::workflow::testing {

/// Open, in progress, with the vendor (which pauses the clock), resolved, closed. The log's teams are the
/// departments.
settings::Settings real_log_settings(const std::vector<LoggedCase>& cases);

/// What became of one case under the workflow.
struct ReplayedCase {
  Timeline timeline;      ///< at whole minutes, because the oracle counts those
  std::string state;      ///< that it ended in
  std::size_t taken = 0;  ///< events that were a transition
  std::size_t notes = 0;  ///< events that are none: updates, mails, analyses
  /// Events that are a transition which the workflow does not have from that state: (state, activity). The
  /// ticket follows them all the same, because they happened.
  std::map<std::pair<std::string, std::string>, std::size_t> forbidden;

  bool closed() const { return state == "closed"; }
};

ReplayedCase replay(const settings::Settings& settings, const LoggedCase& logged);

}  // namespace ccms::workflow::testing
