#include "core/domain/time.h"

#include <algorithm>

#include "core/domain/date_text.h"

namespace ccms::domain {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;

constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:dd.dddZ";

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
  std::string text;
  text.reserve(kShape.size());
  append_date(text, date);
  text += 'T';
  append_hours_and_minutes(text, time);
  text += ':';
  append_padded(text, static_cast<int>(time.seconds().count()), 2);
  text += '.';
  append_padded(text, static_cast<int>(time.subseconds().count()), 3);
  text += 'Z';
  return text;
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
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
