#include "tests/core/workflow/random_calendar.h"

#include <array>
#include <chrono>

namespace ccms::workflow::testing {
namespace {

using namespace std::chrono_literals;
using domain::Instant;
using settings::OpeningHours;
using std::chrono::sys_days;

constexpr unsigned kEveryDay = 0b1111111;
constexpr unsigned kWorkdays = 0b0011111;

constexpr std::array kPlaces = {
    Place{"Europe/Berlin", sys_days(2026y / 1 / 15), sys_days(2027y / 1 / 15)},
    Place{"Europe/London", sys_days(2024y / 1 / 15), sys_days(2025y / 1 / 15)},
    Place{"America/New_York", sys_days(2025y / 1 / 15), sys_days(2026y / 1 / 15)},
    // Midnight was skipped in spring, and the hour before it came twice in autumn.
    Place{"America/Sao_Paulo", sys_days(2017y / 1 / 15), sys_days(2018y / 1 / 15)},
    // Summer time of half an hour.
    Place{"Australia/Lord_Howe", sys_days(2026y / 1 / 15), sys_days(2027y / 1 / 15)},
    // Clocks changed a minute after midnight, so that dates went back as well.
    Place{"America/St_Johns", sys_days(2009y / 1 / 15), sys_days(2010y / 1 / 15)},
    Place{"Asia/Kolkata", sys_days(2026y / 1 / 15), sys_days(2027y / 1 / 15)},
    // There was no 30th of December 2011.
    Place{"Pacific/Apia", sys_days(2011y / 3 / 1), sys_days(2012y / 3 / 1)},
};

std::string two_digits(unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string random_date(std::mt19937_64& random, const Place& place, bool with_year) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(random_minute(random, place)));
  return (with_year ? std::to_string(static_cast<int>(date.year())) + "-" : "") +
         two_digits(static_cast<unsigned>(date.month())) + "-" +
         two_digits(static_cast<unsigned>(date.day()));
}

std::vector<OpeningHours> random_hours(std::mt19937_64& random) {
  switch (random_int(random, 0, 5)) {
    case 0:
      return {{kEveryDay, 0, 1440}};
    case 1:
      return {{kWorkdays, 9 * 60, 17 * 60 + 30}};
    case 2:  // split shifts, and Saturday's morning
      return {{kWorkdays, 8 * 60, 12 * 60}, {kWorkdays, 13 * 60, 18 * 60}, {0b0100000, 600, 840}};
    case 3:  // a night shift over midnight
      return {{kEveryDay, 22 * 60, 1440}, {kEveryDay, 0, 6 * 60}};
    default: {
      std::vector<OpeningHours> hours;
      for (int left = random_int(random, 0, 4); left > 0; --left) {
        const int from = random_int(random, 0, 1439);
        hours.push_back(
            {static_cast<unsigned>(random_int(random, 1, 127)), from, random_int(random, from + 1, 1440)});
      }
      return hours;
    }
  }
}

}  // namespace

std::span<const Place> places() { return kPlaces; }

int random_int(std::mt19937_64& random, int low, int high) {
  // Not uniform_int_distribution, whose numbers differ between standard libraries.
  return low + static_cast<int>(random() % static_cast<std::uint64_t>(high - low + 1));
}

Instant random_minute(std::mt19937_64& random, const Place& place) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(place.until - place.from).count();
  return place.from + std::chrono::minutes(random_int(random, 0, static_cast<int>(minutes)));
}

settings::Calendar random_calendar(std::mt19937_64& random, const Place& place) {
  settings::Calendar calendar;
  calendar.time_zone = place.zone;
  calendar.hours = random_hours(random);
  for (int left = random_int(random, -2, 2); left > 0; --left) {
    const bool with_year = random_int(random, 0, 1) == 1;
    settings::Season season;
    season.id = "season" + std::to_string(left);
    season.from = random_date(random, place, with_year);
    season.until = random_date(random, place, with_year);
    season.hours = random_hours(random);
    calendar.seasons.push_back(std::move(season));
  }
  for (int left = random_int(random, 0, 6); left > 0; --left)
    calendar.holidays.push_back(random_date(random, place, true));
  return calendar;
}

std::string describe(const settings::Calendar& calendar) {
  const auto hours = [](const std::vector<OpeningHours>& all) {
    std::string out;
    for (const OpeningHours& one : all)
      out += " days " + std::to_string(one.days) + " " + std::to_string(one.from_minute) + "-" +
             std::to_string(one.to_minute);
    return out;
  };
  std::string out = calendar.time_zone + hours(calendar.hours);
  for (const settings::Season& season : calendar.seasons)
    out += "; " + season.from + ".." + season.until + hours(season.hours);
  for (const std::string& holiday : calendar.holidays) out += "; " + holiday;
  return out;
}

}  // namespace ccms::workflow::testing
