#include "core/settings/read_calendar.h"

#include <algorithm>

namespace ccms::settings {
namespace {

unsigned day_bits(const std::vector<std::string>& days) {
  unsigned bits = 0;
  for (unsigned day = 0; day < std::size(kDayNames); ++day) {
    if (std::find(days.begin(), days.end(), kDayNames[day]) != days.end()) bits |= 1U << day;
  }
  return bits;
}

OpeningHours read_opening_hours(const Node& node) {
  return {day_bits(node["days"].texts()), read_time_of_day(node["from"]), read_time_of_day(node["to"])};
}

Season read_season(const Node& node, const Languages& languages) {
  return {node["id"].text(), node["name"].translations(languages), node["from"].text(), node["until"].text(),
          read_hours(node["hours"])};
}

bool is_digit(char character) { return character >= '0' && character <= '9'; }

}  // namespace

int read_time_of_day(const Node& node) {
  const std::string text = node.text();
  const auto pair = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  if (text.size() == 5 && text[2] == ':' && is_digit(text[0]) && is_digit(text[1]) && is_digit(text[3]) &&
      is_digit(text[4])) {
    return pair(0) * 60 + pair(3);
  }
  return 0;  // the schema, or the check of the hours, reports it
}

std::vector<OpeningHours> read_hours(const Node& node) { return node.list(read_opening_hours); }

Calendar read_calendar(const Node& node, const Languages& languages) {
  return {node["time_zone"].text(), read_hours(node["hours"]),
          node.list_or_empty("seasons", [&](const Node& season) { return read_season(season, languages); }),
          node["holidays"].texts()};
}

}  // namespace ccms::settings
