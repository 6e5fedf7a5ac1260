#include "core/settings/checks.h"

namespace ccms::settings {
namespace {

/// Lengths of different units cannot be compared without a calendar.
bool is_longer(const Span& span, const std::optional<Span>& than) {
  return than && span.unit == than->unit && span.amount > than->amount;
}

void check_targets(const Tat& tat, const Settings& settings, const std::string& path, Problems& problems) {
  const std::string minimum = join(path, "minimum");
  if (!tat.maximum && tat.minimum.empty() && !tat.minimum_otherwise) {
    problems.add(path, "missing_field", "a turn-around time has a maximum, a minimum, or both");
  }
  const auto compare = [&](const Span& aim, const std::string& at) {
    if (is_longer(aim, tat.maximum)) problems.add(at, "contradiction", "the aim is later than the maximum");
  };
  for (const auto& [priority, span] : tat.minimum) {
    const std::string at = join(join(minimum, "by_priority"), priority);
    check_reference(settings.form.priorities, priority, at, "priority", problems);
    compare(span, at);
  }
  if (tat.minimum_otherwise) compare(*tat.minimum_otherwise, join(minimum, "otherwise"));
}

void check_alerts(const RoleTime& time, const Settings& settings, const std::string& path,
                  Problems& problems) {
  for (std::size_t a = 0; a < time.alerts.size(); ++a) {
    const RoleAlert& alert = time.alerts[a];
    const std::string at = join(path, a);
    const std::string template_at = join(at, "template");
    const auto* message = check_reference(settings.notifications.templates, alert.message_template,
                                          template_at, "template", problems);
    if (message != nullptr && message->subject.empty())
      problems.add(template_at, "missing_subject", "an e-mail needs a subject");
  }
}

}  // namespace

void check_turn_around_times(const Settings& settings, Problems& problems) {
  constexpr const char* kPath = "/turn_around_times";
  check_unique_ids(settings.tats, kPath, problems);
  for (std::size_t i = 0; i < settings.tats.size(); ++i) {
    const std::string path = join(kPath, i);
    check_conditions(settings, settings.tats[i].when, join(path, "when"), problems);
    check_targets(settings.tats[i], settings, path, problems);
  }
  std::set<std::string_view> roles;
  for (std::size_t i = 0; i < settings.role_times.size(); ++i) {
    const RoleTime& time = settings.role_times[i];
    const std::string path = join("/role_times", i);
    if (!roles.insert(time.role).second)
      problems.add(join(path, "role"), "duplicate_id", "this role has a time already");
    if (!time.expected_response && !time.expected_resolution)
      problems.add(path, "missing_field", "a role's time has a response, a resolution, or both");
    check_alerts(time, settings, join(path, "alerts"), problems);
  }
}

void check_alerts_differ(const Settings& settings, Problems& problems) {
  for (std::size_t i = 0; i < settings.role_times.size(); ++i) {
    const auto& alerts = settings.role_times[i].alerts;
    const std::string path = join(join("/role_times", i), "alerts");
    std::set<int> percentages;
    for (std::size_t a = 0; a < alerts.size(); ++a) {
      if (!percentages.insert(alerts[a].at_percent).second)
        problems.add(join(join(path, a), "at_percent"), "duplicate_value",
                     "another alert of this role comes then");
    }
  }
}

}  // namespace ccms::settings
