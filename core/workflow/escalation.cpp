#include "core/workflow/escalation.h"

#include <algorithm>
#include <chrono>

#include "core/workflow/span_end.h"

namespace ccms::workflow {
namespace {

using domain::Instant;
using settings::EscalationLadder;
using settings::EscalationStep;
using settings::Span;

constexpr int kPercent = 100;

constexpr std::string_view kRoleLadder = "role:";

const tz::LocalClock* wall_clock(const TatStatus& status) {
  return status.calendar == nullptr ? nullptr : &status.calendar->clock();
}

/// `span` before a moment, as the calendar counts.
std::optional<Instant> before(const Span& span, const WorkingTime* calendar, Instant at) {
  if (span.unit == Span::Unit::elapsed_minutes) return at - std::chrono::minutes(span.amount);
  if (calendar == nullptr) return std::nullopt;
  if (span.unit == Span::Unit::working_days) return calendar->start_of_working_day_before(at, span.amount);
  return calendar->subtract(at, std::chrono::minutes(span.amount));
}

/// When a step is due by the clock it follows.
struct Moment {
  const TatStatus& status;

  std::optional<Instant> operator()(const settings::AtPercent& at) const {
    if (!status.target) return std::nullopt;
    return status.course.moment(status.measure, *status.target * at.percent / kPercent);
  }
  std::optional<Instant> operator()(const settings::BeforeDeadline& at) const {
    if (!status.deadline) return std::nullopt;
    // Where the whole time is shorter than that, at its beginning.
    const auto moment = before(at.span, status.calendar, *status.deadline);
    return moment ? std::optional(std::max(*moment, status.started)) : std::nullopt;
  }
  std::optional<Instant> operator()(const settings::AfterDeadline& at) const {
    if (!status.deadline) return std::nullopt;
    return span_end(at.span, status.calendar, *status.deadline);
  }
};

bool follows(const EscalationLadder& ladder, const TatStatus& status) {
  if (!status.role.empty()) return ladder.id == std::string(kRoleLadder) + status.role;
  if (ladder.id.starts_with(kRoleLadder)) return false;
  return ladder.tats.empty() ||
         std::find(ladder.tats.begin(), ladder.tats.end(), status.tat) != ladder.tats.end();
}

StepKey key_of(const EscalationLadder& ladder, const EscalationStep& step, const TatStatus& status) {
  return {status.tat, status.role, status.clock, status.round, ladder.id, step.id};
}

class Planner {
 public:
  Planner(const EscalationView& view, Instant now) : view_(view), now_(now) {}

  EscalationPlan run() {
    for (const TatStatus& status : view_.statuses) {
      if (!status.runs()) continue;
      for (const EscalationLadder& ladder : view_.settings.ladders) {
        if (follows(ladder, status)) climb(ladder, status);
      }
    }
    std::stable_sort(plan_.due.begin(), plan_.due.end(),
                     [](const DueStep& a, const DueStep& b) { return a.due_at < b.due_at; });
    return std::move(plan_);
  }

 private:
  void climb(const EscalationLadder& ladder, const TatStatus& status) {
    // When the step below ran out of patience, which brings this one forward.
    std::optional<Instant> unanswered_at;
    for (const EscalationStep& step : ladder.steps) {
      const StepKey key = key_of(ladder, step, status);
      if (const FiredStep* fired = find_fired(key)) {
        unanswered_at = unanswered(step, *fired, status);
        continue;
      }
      const auto due_at = earliest(std::visit(Moment{status}, step.at), unanswered_at);
      unanswered_at.reset();
      if (!due_at) continue;
      if (*due_at > now_)
        plan_.next = earliest(plan_.next, due_at);
      else if (!view_.holds || view_.holds(step.when, view_.facts))
        plan_.due.push_back(make_due(key, step, status, *due_at));
    }
  }

  const FiredStep* find_fired(const StepKey& key) const {
    const auto found = std::find_if(view_.fired.begin(), view_.fired.end(),
                                    [&](const FiredStep& fired) { return fired.key == key; });
    return found == view_.fired.end() ? nullptr : &*found;
  }

  std::optional<Instant> unanswered(const EscalationStep& step, const FiredStep& fired,
                                    const TatStatus& status) const {
    if (!step.acknowledge_within) return std::nullopt;
    // Nobody can answer what they were not told yet.
    const auto limit = span_end(*step.acknowledge_within, status.calendar, tell_at(step, status, fired.at));
    if (limit && fired.acknowledged_at && *fired.acknowledged_at <= *limit) return std::nullopt;
    return limit;
  }

  DueStep make_due(const StepKey& key, const EscalationStep& step, const TatStatus& status,
                   Instant due_at) const {
    DueStep due;
    due.key = key;
    due.step = &step;
    due.due_at = due_at;
    due.tell_at = tell_at(step, status, now_);
    for (const std::string& role : step.notify.roles) {
      const auto people = people_of_role(view_.roster, role, due.tell_at);
      if (people.empty()) due.roles_without_people.push_back(role);
      for (const std::string& person : people) {
        if (std::find(due.people.begin(), due.people.end(), person) == due.people.end())
          due.people.push_back(person);
      }
    }
    return due;
  }

  /// When the message of a step that is taken at `taken_at` leaves.
  Instant tell_at(const EscalationStep& step, const TatStatus& status, Instant taken_at) const {
    const tz::LocalClock* clock = wall_clock(status);
    if (clock == nullptr) return taken_at;
    const Instant at =
        step.digest ? next_time_of_day(view_.settings.digest_minute, *clock, taken_at) : taken_at;
    return view_.settings.quiet_hours ? after_quiet_hours(*view_.settings.quiet_hours, *clock, at) : at;
  }

  const EscalationView& view_;
  Instant now_;
  EscalationPlan plan_;
};

std::chrono::minutes minute_of_day(const tz::LocalClock& clock, Instant at) {
  const domain::LocalTime shown = clock.reading_at(at);
  return std::chrono::floor<std::chrono::minutes>(shown - std::chrono::floor<std::chrono::days>(shown));
}

}  // namespace

EscalationPlan plan(const EscalationView& view, Instant now) { return Planner(view, now).run(); }

EscalationLadder ladder_of(const settings::RoleTime& time) {
  EscalationLadder ladder;
  ladder.id = std::string(kRoleLadder) + time.role;
  for (const settings::RoleAlert& alert : time.alerts) {
    EscalationStep step;
    step.id = "percent:" + std::to_string(alert.at_percent);
    step.at = settings::AtPercent{alert.at_percent};
    step.notify.addresses = alert.emails;
    step.notify.channels = {settings::MessageChannel::email};
    step.notify.message_template = alert.message_template;
    ladder.steps.push_back(std::move(step));
  }
  return ladder;
}

settings::Escalation escalation_of(const settings::Settings& settings) {
  auto escalation = settings.escalation;
  for (const auto& time : settings.role_times) escalation.ladders.push_back(ladder_of(time));
  return escalation;
}

Instant next_time_of_day(int minute, const tz::LocalClock& clock, Instant at) {
  const auto today = std::chrono::floor<std::chrono::days>(clock.reading_at(at));
  const std::chrono::minutes time_of_day(minute);
  const Instant moment = clock.first_at_or_after(today + time_of_day);
  return moment >= at ? moment : clock.first_at_or_after(today + std::chrono::days(1) + time_of_day);
}

Instant after_quiet_hours(const settings::QuietHours& quiet, const tz::LocalClock& clock, Instant at) {
  const std::chrono::minutes from(quiet.from_minute), until(quiet.until_minute);
  const auto now = minute_of_day(clock, at);
  const bool is_quiet = from <= until ? from <= now && now < until : now >= from || now < until;
  return is_quiet ? next_time_of_day(quiet.until_minute, clock, at) : at;
}

}  // namespace ccms::workflow
