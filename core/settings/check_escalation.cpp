#include <algorithm>

#include "core/settings/checks.h"

namespace ccms::settings {
namespace {

bool looks_like_phone(const std::string& text) {
  constexpr std::string_view kAllowed = "+0123456789 ()/.-";
  const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits >= 3 && text.find_first_not_of(kAllowed) == std::string::npos;
}

bool tells_somebody(const EscalationNotice& notice) {
  return !notice.roles.empty() || !notice.addresses.empty();
}

void check_notice(const EscalationNotice& notice, const Settings& settings, const std::string& path,
                  Problems& problems) {
  if (!tells_somebody(notice)) {
    problems.add(path, "missing_field", "a notice goes to roles, to addresses, or to both");
  }
  check_role_references(settings, notice.roles, join(path, "roles"), {kEscalators}, problems);
  const auto goes_by = [&](MessageChannel channel) {
    return std::find(notice.channels.begin(), notice.channels.end(), channel) != notice.channels.end();
  };
  if (!notice.roles.empty() && !goes_by(MessageChannel::email))
    problems.add(join(path, "channels"), "never_told", "people are told by e-mail");
  for (std::size_t i = 0; i < notice.addresses.size(); ++i) {
    const std::string at = join(join(path, "addresses"), i);
    const bool is_mail = notice.addresses[i].find('@') != std::string::npos;
    if (!is_mail && !looks_like_phone(notice.addresses[i]))
      problems.add(at, "bad_value", "this is neither an e-mail address nor a mobile number");
    else if (!goes_by(is_mail ? MessageChannel::email : MessageChannel::sms))
      problems.add(join(path, "channels"), "never_told", "an address cannot be reached this way");
  }
  const MessageTemplate* message = check_reference(settings.notifications.templates, notice.message_template,
                                                   join(path, "template"), "template", problems);
  if (message != nullptr && goes_by(MessageChannel::email) && message->subject.empty()) {
    problems.add(join(path, "template"), "missing_subject", "an e-mail needs a subject");
  }
}

void check_step(const EscalationStep& step, const Settings& settings, const std::string& path,
                Problems& problems) {
  check_conditions(settings, step.when, join(path, "when"), problems);
  const bool notifies = tells_somebody(step.notify) || !step.notify.message_template.empty();
  if (notifies) check_notice(step.notify, settings, join(path, "notify"), problems);
  if (step.set_priority) {
    check_current_reference(settings.form.priorities, *step.set_priority, join(path, "set_priority"),
                            "priority", problems);
  }
  if (step.assign) {
    check_current_reference(settings.form.departments, step.assign->department,
                            join(join(path, "assign"), "department"), "department", problems);
  }
  if (!notifies && !step.set_priority && !step.assign) {
    problems.add(path, "missing_field", "a step notifies, sets a priority or assigns");
  }
}

}  // namespace

void check_escalation(const Settings& settings, Problems& problems) {
  constexpr const char* kLadders = "/escalation/ladders";
  const auto& ladders = settings.escalation.ladders;
  check_unique_ids(ladders, kLadders, problems);
  for (std::size_t l = 0; l < ladders.size(); ++l) {
    const std::string path = join(kLadders, l);
    check_references(settings.tats, ladders[l].tats, join(path, "turn_around_times"), "turn-around time",
                     problems);
    const std::string steps = join(path, "steps");
    check_unique_ids(ladders[l].steps, steps, problems);
    for (std::size_t s = 0; s < ladders[l].steps.size(); ++s) {
      check_step(ladders[l].steps[s], settings, join(steps, s), problems);
      if (ladders[l].steps[s].acknowledge_within && s + 1 == ladders[l].steps.size()) {
        problems.add(join(join(steps, s), "acknowledge_within"), "contradiction",
                     "there is no step after this one that could come earlier");
      }
    }
  }
}

}  // namespace ccms::settings
