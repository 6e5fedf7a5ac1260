#include <algorithm>

#include "core/settings/checks.h"
#include "core/settings/placeholders.h"

namespace ccms::settings {
namespace {

void check_template_text(const Text& text, const std::string& path, Problems& problems) {
  for (const auto& [language, source] : text.translations()) {
    const std::string at = join(path, language);
    const auto open = scan_template(
        source,
        [&](std::string_view piece) {
          if (piece.find("}}") == std::string_view::npos) return;
          problems.add(at, "malformed_template", "}} without {{ before it");
        },
        [&](std::string_view name) {
          if (is_placeholder(name)) return;
          problems.add(at, "unknown_placeholder", "there is no {{" + std::string(name) + "}}");
        });
    if (open) problems.add(at, "malformed_template", "{{ without }} after it");
  }
}

bool sends_by(const NotificationRule& rule, MessageChannel channel) {
  return std::find(rule.channels.begin(), rule.channels.end(), channel) != rule.channels.end();
}

void check_department_contacts(const Settings& settings, MessageChannel channel, Problems& problems) {
  for (std::size_t i = 0; i < settings.form.departments.size(); ++i) {
    const Choice& department = settings.form.departments[i];
    const DepartmentContact& contact = settings.department_contacts.at(department.id);
    const std::string& address = channel == MessageChannel::email ? contact.email : contact.mobile;
    if (department.retired || !address.empty()) continue;
    const char* member = channel == MessageChannel::email ? "email" : "mobile";
    problems.add(join(join("/departments", i), member), "missing_field",
                 "a notification rule writes to departments this way");
  }
}

void check_steps(const Settings& settings, const NotificationRule& rule, const std::string& path,
                 Problems& problems) {
  if ((rule.on == Occasion::step) != !rule.steps.empty()) {
    problems.add(join(path, "steps"), rule.steps.empty() ? "missing_field" : "contradiction",
                 "steps are named by rules on a step, and by no other");
  }
  for (std::size_t i = 0; i < rule.steps.size(); ++i) {
    const auto has_step = [&](const Workflow& workflow) {
      return find_by_id(workflow.transitions, rule.steps[i]) != nullptr;
    };
    if (std::any_of(settings.workflows.begin(), settings.workflows.end(), has_step)) continue;
    problems.add(join(join(path, "steps"), i), "unknown_reference", "there is no such transition");
  }
}

void check_rule(const Settings& settings, const NotificationRule& rule, const std::string& path,
                Problems& problems) {
  const MessageTemplate* message = check_reference(settings.notifications.templates, rule.message_template,
                                                   join(path, "template"), "template", problems);
  if (message != nullptr && sends_by(rule, MessageChannel::email) && message->subject.empty()) {
    problems.add(join(path, "template"), "missing_subject", "an e-mail needs a template with a subject");
  }
  check_steps(settings, rule, path, problems);
  if (rule.to == Recipient::assignee && sends_by(rule, MessageChannel::sms))
    problems.add(join(path, "channels"), "never_told", "staff are told by e-mail");
  if (rule.to != Recipient::department) return;
  for (const MessageChannel channel : rule.channels) check_department_contacts(settings, channel, problems);
}

}  // namespace

void check_notifications(const Settings& settings, Problems& problems) {
  const Notifications& notifications = settings.notifications;
  check_unique_ids(notifications.rules, "/notifications/rules", problems);
  check_unique_ids(notifications.templates, "/notifications/templates", problems);
  for (std::size_t i = 0; i < notifications.rules.size(); ++i) {
    check_rule(settings, notifications.rules[i], join("/notifications/rules", i), problems);
  }
  for (std::size_t i = 0; i < notifications.templates.size(); ++i) {
    const std::string path = join("/notifications/templates", i);
    check_template_text(notifications.templates[i].subject, join(path, "subject"), problems);
    check_template_text(notifications.templates[i].body, join(path, "body"), problems);
  }
}

void check_till_rules(const TillRules& rules, Problems& problems) {
  if (rules.follow_up_url.find("{code}") == std::string::npos) {
    problems.add("/till/follow_up_url", "missing_placeholder", "must hold {code}");
  }
}

}  // namespace ccms::settings
