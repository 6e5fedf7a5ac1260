#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/result.h"

namespace ccms::server {

/// Both are in it.
struct YearSpan {
  int first = 0;
  int last = 0;
};

struct Holiday {
  std::string date;  ///< "2026-12-25"
  std::string name;  ///< as the calendar says it; may be empty

  bool operator==(const Holiday&) const = default;
};

/// An event of a calendar that is no holiday of ours.
struct SkippedEvent {
  std::string name;
  std::string why;

  bool operator==(const SkippedEvent&) const = default;
};

struct HolidayFile {
  std::vector<Holiday> holidays;  ///< ascending, each date once
  std::vector<SkippedEvent> skipped;
};

/// The whole days of an iCalendar file (RFC 5545) that lie in these years: events of one or several days,
/// with their repetitions. Error: not_icalendar.
domain::Result<HolidayFile> read_holidays(const std::string& calendar, YearSpan years);

/// What became of holidays that were put into a settings document.
struct AddedHolidays {
  std::vector<Holiday> added;
  std::vector<Holiday> already_there;
};

/// Adds holidays to a region of a settings document, whose list is ascending afterwards. Errors:
/// unknown_region when the document has none with this id and a list of holidays.
domain::Result<AddedHolidays> add_holidays(nlohmann::ordered_json& document, std::string_view region,
                                           const std::vector<Holiday>& holidays);

}  // namespace ccms::server
