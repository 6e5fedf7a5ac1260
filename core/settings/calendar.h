#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/settings/text.h"

namespace ccms::settings {

/// Opening from `from_minute` until `to_minute` of each day set in `days` (bit 0 is Monday), local time.
struct OpeningHours {
  unsigned days = 0;
  int from_minute = 0;
  int to_minute = 0;
};

/// A part of the year with opening hours of its own. Both ends are in it. Written alike: "11-15" is every
/// year's, and may go over New Year; "2026-11-15" is that year's alone.
struct Season {
  std::string id;
  Text name;
  std::string from;
  std::string until;
  std::vector<OpeningHours> hours;  ///< none: closed
};

/// When a region works. A day may be open several times (split shifts); all seven days from 0 to 1440 is
/// round the clock.
struct Calendar {
  std::string time_zone;  ///< IANA name
  std::vector<OpeningHours> hours;
  std::vector<Season> seasons;        ///< the last one that holds a date replaces `hours` on it
  std::vector<std::string> holidays;  ///< local dates, closed all day whatever the season
};

/// The first or last day of a season.
struct SeasonDay {
  std::optional<std::chrono::year> year;  ///< absent: every year
  std::chrono::month_day day = std::chrono::January / 1;

  bool operator==(const SeasonDay&) const = default;
};

/// Reads "02-29" or "2026-11-15"; nothing for a day that no calendar has.
std::optional<SeasonDay> parse_season_day(std::string_view text) noexcept;

}  // namespace ccms::settings
