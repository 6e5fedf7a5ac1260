#include "core/workflow/notifications.h"

#include <algorithm>

#include "core/settings/placeholders.h"

namespace ccms::workflow {
namespace {

using settings::MessageChannel;
using settings::Recipient;

bool customer_may_be_told(const settings::Settings& settings, const NotificationFacts& facts) {
  if (facts.anonymous) return false;
  // A chain that does not ask for consent has another ground for writing.
  return facts.consent_to_contact || !settings.form.builtin.consent_to_contact_shown;
}

std::string address_of(const settings::Settings& settings, const NotificationFacts& facts,
                       Recipient recipient, MessageChannel channel) {
  const bool mail = channel == MessageChannel::email;
  if (recipient == Recipient::customer) {
    if (!customer_may_be_told(settings, facts)) return {};
    return mail ? facts.customer_email : facts.customer_mobile;
  }
  if (recipient == Recipient::assignee) return mail ? facts.assignee_email : std::string();
  const auto contact = settings.department_contacts.find(facts.department);
  if (contact == settings.department_contacts.end()) return {};
  return mail ? contact->second.email : contact->second.mobile;
}

std::string language_of(const settings::Settings& settings, const NotificationFacts& facts,
                        Recipient recipient) {
  if (recipient == Recipient::customer) {
    for (const std::string& language : settings.form.languages) {
      if (language == facts.language) return language;
    }
  }
  return settings.form.languages.front();
}

bool is_about(const settings::NotificationRule& rule, const NotificationMoment& moment) {
  if (rule.on != moment.occasion) return false;
  return rule.on != settings::Occasion::step ||
         std::find(rule.steps.begin(), rule.steps.end(), moment.step) != rule.steps.end();
}

std::string fill(const std::string& source, const std::map<std::string, std::string, std::less<>>& values) {
  std::string out;
  settings::scan_template(
      source, [&](std::string_view text) { out += text; },
      [&](std::string_view name) {
        if (const auto value = values.find(name); value != values.end()) out += value->second;
      });
  return out;
}

std::string on_one_line(std::string text) {
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = ' ';
  }
  return text;
}

}  // namespace

std::vector<const settings::NotificationRule*> rules_for(const settings::Settings& settings,
                                                         const NotificationMoment& moment) {
  std::vector<const settings::NotificationRule*> rules;
  for (const settings::NotificationRule& rule : settings.notifications.rules) {
    if (is_about(rule, moment)) rules.push_back(&rule);
  }
  return rules;
}

std::vector<Send> sends_for(const settings::Settings& settings, const NotificationMoment& moment,
                            const NotificationFacts& facts) {
  std::vector<Send> sends;
  if (facts.training) return sends;
  for (const settings::NotificationRule* rule : rules_for(settings, moment)) {
    for (const MessageChannel channel : rule->channels) {
      std::string address = address_of(settings, facts, rule->to, channel);
      if (address.empty()) continue;
      sends.push_back({rule->id, channel, rule->to, std::move(address),
                       settings::find_by_id(settings.notifications.templates, rule->message_template),
                       language_of(settings, facts, rule->to)});
    }
  }
  return sends;
}

Rendered render(const settings::MessageTemplate& message_template, std::string_view language,
                const std::map<std::string, std::string, std::less<>>& values) {
  return {on_one_line(fill(message_template.subject.in(language), values)),
          fill(message_template.body.in(language), values)};
}

}  // namespace ccms::workflow
