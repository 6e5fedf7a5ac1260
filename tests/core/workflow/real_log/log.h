#pragma once

#include <string>
#include <vector>

/// The incidents of a bank, with their events.
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

inline constexpr const char* kRealLogZone = "Europe/Amsterdam";

}  // namespace ccms::workflow::testing
