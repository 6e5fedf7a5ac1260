#include "core/tz/tz.h"

#include "core/domain/date_text.h"
#include "core/tz/zone_of_name.h"

namespace ccms::tz {
namespace {

domain::Instant at_offset(LocalTime local, std::chrono::seconds offset) {
  return domain::Instant(local.time_since_epoch() - offset);
}

}  // namespace

bool is_time_zone(std::string_view zone) { return zone_of_name(zone) != nullptr; }

domain::Result<Resolution> resolve(std::string_view zone, LocalTime local) {
  const date::time_zone* found = zone_of_name(zone);
  if (found == nullptr) return unknown_zone(zone);
  const date::local_info info =
      found->get_info(date::local_time<std::chrono::milliseconds>(local.time_since_epoch()));
  switch (info.result) {
    case date::local_info::ambiguous:
      return Resolution{LocalTimeKind::ambiguous, at_offset(local, info.first.offset),
                        at_offset(local, info.second.offset)};
    case date::local_info::nonexistent: {
      const domain::Instant jump = info.first.end;
      return Resolution{LocalTimeKind::nonexistent, jump, jump};
    }
    default: {
      const domain::Instant instant = at_offset(local, info.first.offset);
      return Resolution{LocalTimeKind::unique, instant, instant};
    }
  }
}

domain::Result<domain::ZonedInstant> earliest(std::string_view zone, LocalTime local) {
  const auto resolution = resolve(zone, local);
  if (!resolution) return resolution.error();
  return domain::ZonedInstant{resolution->earlier, utc_offset_minutes(zone, resolution->earlier).value()};
}

domain::Result<int> utc_offset_minutes(std::string_view zone, domain::Instant instant) {
  const date::time_zone* found = zone_of_name(zone);
  if (found == nullptr) return unknown_zone(zone);
  const auto offset = found->get_info(instant).offset;
  return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(offset).count());
}

domain::Result<LocalTime> to_local(std::string_view zone, domain::Instant instant) {
  const date::time_zone* found = zone_of_name(zone);
  if (found == nullptr) return unknown_zone(zone);
  return LocalTime(instant.time_since_epoch() + found->get_info(instant).offset);
}

domain::Result<std::string> format_local(std::string_view zone, domain::Instant instant) {
  const auto local = to_local(zone, instant);
  if (!local) return local.error();
  const auto day = std::chrono::floor<std::chrono::days>(*local);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(*local - day);
  std::string text;
  domain::append_date(text, date);
  text += ' ';
  domain::append_hours_and_minutes(text, time);
  return text;
}

}  // namespace ccms::tz
