#include "core/settings/calendar.h"

#include "core/settings/calendar_date.h"

namespace ccms::settings {
namespace {

/// Two or four characters that are known to be digits.
int number(std::string_view digits) noexcept {
  int value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

std::chrono::month_day month_day_of(std::string_view text) noexcept {
  return std::chrono::month(static_cast<unsigned>(number(text.substr(0, 2)))) /
         std::chrono::day(static_cast<unsigned>(number(text.substr(3, 2))));
}

}  // namespace

std::optional<SeasonDay> parse_season_day(std::string_view text) noexcept {
  // Without a year, a leap year's calendar says which days there are.
  constexpr std::string_view leap_year = "2000-";
  constexpr std::size_t without_year = 5;
  if (text.size() == without_year) {
    char whole[10];
    leap_year.copy(whole, without_year);
    text.copy(whole + without_year, without_year);
    if (!is_calendar_date({whole, sizeof whole})) return std::nullopt;
    return SeasonDay{std::nullopt, month_day_of(text)};
  }
  if (!is_calendar_date(text)) return std::nullopt;
  return SeasonDay{std::chrono::year(number(text.substr(0, 4))), month_day_of(text.substr(5))};
}

}  // namespace ccms::settings
