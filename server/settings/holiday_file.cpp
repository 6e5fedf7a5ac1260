#include "server/settings/holiday_file.h"

#include <libical/ical.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "core/domain/text.h"

namespace ccms::server {
namespace {

using domain::Error;
using domain::Result;
using Days = std::set<std::chrono::sys_days>;

constexpr int kMostDaysTogether = 31;
/// Steps of one rule: a rule that needs more to get through the years is about no holiday.
constexpr int kMostSteps = 20'000;

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

struct FreeIterator {
  void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};
using Iterator = std::unique_ptr<icalrecur_iterator, FreeIterator>;

std::chrono::sys_days day_of(const icaltimetype& time) {
  return std::chrono::sys_days(std::chrono::year(time.year) /
                               std::chrono::month(static_cast<unsigned>(time.month)) /
                               std::chrono::day(static_cast<unsigned>(time.day)));
}

std::string text_of(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  const auto padded = [](unsigned number, std::size_t width) {
    const std::string digits = std::to_string(number);
    return std::string(width - std::min(width, digits.size()), '0') + digits;
  };
  return padded(static_cast<unsigned>(static_cast<int>(date.year())), 4) + '-' +
         padded(static_cast<unsigned>(date.month()), 2) + '-' + padded(static_cast<unsigned>(date.day()), 2);
}

/// In one line; what is not UTF-8 is no name.
std::string name_of(icalcomponent* event) {
  const char* summary = icalcomponent_get_summary(event);
  std::string name = summary == nullptr ? "" : summary;
  if (!domain::is_valid_utf8(name)) return {};
  std::replace_if(
      name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return name;
}

template <class Use>
void each_property(icalcomponent* event, icalproperty_kind kind, Use use) {
  for (auto* property = icalcomponent_get_first_property(event, kind); property != nullptr;
       property = icalcomponent_get_next_property(event, kind))
    use(property);
}

bool has(icalcomponent* event, icalproperty_kind kind) {
  return icalcomponent_get_first_property(event, kind) != nullptr;
}

/// How many days an event takes each time.
int length_of(icalcomponent* event, const icaltimetype& start) {
  const auto end = icalcomponent_get_dtend(event);
  if (icaltime_is_null_time(end)) return 1;
  return std::max(1, static_cast<int>((day_of(end) - day_of(start)).count()));
}

/// The first days of an event, as far as they can touch the years; nothing for a rule that is too fine.
std::optional<Days> beginnings_of(icalcomponent* event, const icaltimetype& start, YearSpan years) {
  Days days;
  bool is_too_fine = false;
  if (!has(event, ICAL_RRULE_PROPERTY)) days.insert(day_of(start));
  each_property(event, ICAL_RRULE_PROPERTY, [&](const icalproperty* property) {
    const Iterator iterator(icalrecur_iterator_new(icalproperty_get_rrule(property), start));
    if (!iterator) return;
    int steps = 0;
    for (auto next = icalrecur_iterator_next(iterator.get());
         !icaltime_is_null_time(next) && next.year <= years.last;
         next = icalrecur_iterator_next(iterator.get())) {
      if (++steps > kMostSteps) {
        is_too_fine = true;
        return;
      }
      // One year before: it may last over New Year.
      if (next.year >= years.first - 1) days.insert(day_of(next));
    }
  });
  each_property(event, ICAL_RDATE_PROPERTY, [&](const icalproperty* property) {
    const auto more = icalproperty_get_rdate(property);
    if (!icaltime_is_null_time(more.time)) days.insert(day_of(more.time));
  });
  each_property(event, ICAL_EXDATE_PROPERTY,
                [&](const icalproperty* property) { days.erase(day_of(icalproperty_get_exdate(property))); });
  return is_too_fine ? std::nullopt : std::optional(std::move(days));
}

/// Why an event is none of ours; empty when it may be.
std::string objection_to(icalcomponent* event, const icaltimetype& start) {
  if (has(event, ICAL_XLICERROR_PROPERTY)) return "it cannot be read";
  if (icaltime_is_null_time(start) || !icaltime_is_valid_time(start)) return "it has no day";
  if (!icaltime_is_date(start)) return "it is not about whole days";
  if (icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED) return "it was cancelled";
  if (has(event, ICAL_RECURRENCEID_PROPERTY)) return "it changes one occurrence of another event";
  if (length_of(event, start) > kMostDaysTogether) return "it lasts longer than a month";
  return {};
}

class Reader {
 public:
  explicit Reader(YearSpan years) : years_(years) {}

  void read_all(icalcomponent* component) {
    if (icalcomponent_isa(component) == ICAL_VEVENT_COMPONENT) return read(component);
    for (auto* inner = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT); inner != nullptr;
         inner = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
      read_all(inner);
  }

  HolidayFile take() && {
    HolidayFile file;
    for (auto& [day, name] : days_) file.holidays.push_back({text_of(day), std::move(name)});
    file.skipped = std::move(skipped_);
    return file;
  }

 private:
  void read(icalcomponent* event) {
    const auto start = icalcomponent_get_dtstart(event);
    const std::string name = name_of(event);
    if (auto why = objection_to(event, start); !why.empty()) return skip(name, std::move(why));
    const auto beginnings = beginnings_of(event, start, years_);
    if (!beginnings) return skip(name, "it repeats too often");
    const int length = length_of(event, start);
    bool is_within = false;
    for (const auto beginning : *beginnings) {
      for (int i = 0; i < length; ++i) is_within = add(beginning + std::chrono::days(i), name) || is_within;
    }
    if (!is_within)
      skip(name, "no day of it is in " + std::to_string(years_.first) + " to " + std::to_string(years_.last));
  }

  bool add(std::chrono::sys_days day, const std::string& name) {
    const int year = static_cast<int>(std::chrono::year_month_day(day).year());
    if (year < years_.first || year > years_.last) return false;
    days_.emplace(day, name);
    return true;
  }

  void skip(std::string name, std::string why) { skipped_.push_back({std::move(name), std::move(why)}); }

  const YearSpan years_;
  std::map<std::chrono::sys_days, std::string> days_;
  std::vector<SkippedEvent> skipped_;
};

}  // namespace

Result<HolidayFile> read_holidays(const std::string& calendar, YearSpan years) {
  icalerror_set_errors_are_fatal(0);
  // The parser reads text that ends at the first zero byte.
  const bool is_text = calendar.find('\0') == std::string::npos;
  const Component root(is_text ? icalparser_parse_string(calendar.c_str()) : nullptr);
  if (!root || (icalcomponent_isa(root.get()) != ICAL_VCALENDAR_COMPONENT &&
                icalcomponent_isa(root.get()) != ICAL_XROOT_COMPONENT))
    return Error{"not_icalendar", "this is not an iCalendar file", ""};
  Reader reader(years);
  reader.read_all(root.get());
  return std::move(reader).take();
}

Result<AddedHolidays> add_holidays(nlohmann::ordered_json& document, std::string_view region,
                                   const std::vector<Holiday>& holidays) {
  nlohmann::ordered_json* list = nullptr;
  if (const auto regions = document.find("regions"); regions != document.end() && regions->is_array()) {
    for (auto& each : *regions) {
      if (each.is_object() && each.contains("id") && each["id"] == region && each.contains("holidays") &&
          each["holidays"].is_array())
        list = &each["holidays"];
    }
  }
  if (list == nullptr)
    return Error{"unknown_region", "the document has no region " + std::string(region), "/regions"};
  AddedHolidays result;
  for (const Holiday& holiday : holidays) {
    const bool is_there = std::find(list->begin(), list->end(), holiday.date) != list->end();
    (is_there ? result.already_there : result.added).push_back(holiday);
    if (!is_there) list->push_back(holiday.date);
  }
  std::sort(list->begin(), list->end());
  return result;
}

}  // namespace ccms::server
