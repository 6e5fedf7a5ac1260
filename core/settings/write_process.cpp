#include "core/settings/write_process.h"

#include "core/settings/read_calendar.h"
#include "core/settings/write_form_settings.h"

namespace ccms::settings {
namespace {

using nlohmann::json;

std::string time_of_day(int minute) {
  const auto two_digits = [](int number) {
    return std::string(1, static_cast<char>('0' + number / 10)) + static_cast<char>('0' + number % 10);
  };
  return two_digits(minute / 60) + ":" + two_digits(minute % 60);
}

json hours_json(const std::vector<OpeningHours>& hours) {
  json list = json::array();
  for (const OpeningHours& entry : hours) {
    json days = json::array();
    for (unsigned day = 0; day < std::size(kDayNames); ++day) {
      if ((entry.days & 1U << day) != 0) days.push_back(kDayNames[day]);
    }
    list.push_back(
        {{"days", days}, {"from", time_of_day(entry.from_minute)}, {"to", time_of_day(entry.to_minute)}});
  }
  return list;
}

json range_json(const CustomRange& range) {
  json out = json::object();
  const auto put = [&](const char* name, const std::optional<CustomRange::End>& end) {
    if (end) std::visit([&](const auto& value) { out[name] = value; }, *end);
  };
  put("min", range.min);
  put("max", range.max);
  return out;
}

json conditions_json(const TicketConditions& when) {
  json out = json::object();
  const auto put = [&](const char* name, const std::vector<std::string>& ids) {
    if (!ids.empty()) out[name] = ids;
  };
  for (const domain::TicketKind kind : when.kind) out["kind"].push_back(domain::to_text(kind));
  put("category", when.category);
  put("store", when.store);
  put("concept", when.concept_id);
  put("area", when.area);
  put("zone", when.zone);
  put("legal_entity", when.legal_entity);
  put("region", when.region);
  put("priority", when.priority);
  put("language", when.language);
  put("requested_department", when.requested_department);
  put("department", when.department);
  if (when.min_amount) out["min_amount"] = *when.min_amount;
  for (const auto& [field, values] : when.custom) out["custom"][field] = values;
  for (const auto& [field, range] : when.custom_range) out["custom_range"][field] = range_json(range);
  put("words", when.words);
  for (const domain::Channel channel : when.channel) out["channel"].push_back(domain::to_text(channel));
  for (const domain::Verification outcome : when.verification)
    out["verification"].push_back(domain::to_text(outcome));
  return out;
}

const char* unit_name(Span::Unit unit) {
  switch (unit) {
    case Span::Unit::working_minutes:
      return "working_minutes";
    case Span::Unit::working_days:
      return "working_days";
    case Span::Unit::elapsed_minutes:
      return "minutes";
  }
  return "";
}

json span_json(const Span& span) { return {{"unit", unit_name(span.unit)}, {"amount", span.amount}}; }

json turn_around_time_json(const Tat& tat) {
  json out = {{"id", tat.id},
              {"name", to_json(tat.name)},
              {"clock", domain::to_text(tat.clock)},
              {"when", conditions_json(tat.when)},
              {"on_change", domain::to_text(tat.on_change)},
              {"on_reopen", domain::to_text(tat.on_reopen)},
              {"pauses", tat.pauses}};
  if (tat.maximum) out["maximum"] = span_json(*tat.maximum);
  for (const auto& [priority, span] : tat.minimum) out["minimum"]["by_priority"][priority] = span_json(span);
  if (tat.minimum_otherwise) out["minimum"]["otherwise"] = span_json(*tat.minimum_otherwise);
  return out;
}

}  // namespace

json calendar_json(const Calendar& calendar) {
  json seasons = json::array();
  for (const Season& season : calendar.seasons) {
    seasons.push_back({{"id", season.id},
                       {"name", to_json(season.name)},
                       {"from", season.from},
                       {"until", season.until},
                       {"hours", hours_json(season.hours)}});
  }
  return {{"time_zone", calendar.time_zone},
          {"hours", hours_json(calendar.hours)},
          {"seasons", seasons},
          {"holidays", calendar.holidays}};
}

json routing_json(const Routing& routing) {
  json rules = json::array();
  for (const RoutingRule& rule : routing.rules) {
    json out = {{"id", rule.id}, {"when", conditions_json(rule.when)}, {"department", rule.department}};
    if (rule.priority) out["priority"] = *rule.priority;
    rules.push_back(std::move(out));
  }
  return {
      {"rules", rules},
      {"fallback", {{"department", routing.fallback_department}, {"priority", routing.fallback_priority}}}};
}

json turn_around_times_json(const std::vector<Tat>& tats) {
  json list = json::array();
  for (const Tat& tat : tats) list.push_back(turn_around_time_json(tat));
  return list;
}

}  // namespace ccms::settings
