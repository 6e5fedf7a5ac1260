#include "core/domain/time.h"

#include <algorithm>
#include <cstdio>

namespace ccms::domain {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;

/// The number written at a place of the text, all of whose characters are known to be digits.
int number_at(std::string_view text, std::size_t from, std::size_t length) {
  int value = 0;
  for (char c : text.substr(from, length)) value = value * 10 + (c - '0');
  return value;
}

std::chrono::year_month_day date_of(Instant instant) {
  return std::chrono::year_month_day(std::chrono::floor<days>(instant));
}

}  // namespace

bool is_representable(Instant instant) {
  using std::chrono::sys_days;
  using std::chrono::year;
  constexpr Instant kFirst = sys_days(year(1) / 1 / 1);
  constexpr Instant kEnd = sys_days(year(10000) / 1 / 1);
  return instant >= kFirst && instant < kEnd;
}

std::string format_rfc3339(Instant instant) {
  const auto date = date_of(instant);
  const std::chrono::hh_mm_ss time(instant - std::chrono::floor<days>(instant));
  char text[48];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
  return text;
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:dd.dddZ";
  const auto fits = [](char c, char shape) { return shape == 'd' ? c >= '0' && c <= '9' : c == shape; };
  if (text.size() != kShape.size() || !std::equal(text.begin(), text.end(), kShape.begin(), fits))
    return std::nullopt;

  const std::chrono::year_month_day date(std::chrono::year(number_at(text, 0, 4)),
                                         std::chrono::month(static_cast<unsigned>(number_at(text, 5, 2))),
                                         std::chrono::day(static_cast<unsigned>(number_at(text, 8, 2))));
  const int hour = number_at(text, 11, 2);
  const int minute = number_at(text, 14, 2);
  const int second = number_at(text, 17, 2);
  if (!date.ok() || date.year() < std::chrono::year(1) || hour > 23 || minute > 59 || second > 59)
    return std::nullopt;
  return Instant(std::chrono::sys_days(date)) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second) + milliseconds(number_at(text, 20, 3));
}

}  // namespace ccms::domain
