#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/settings/settings.h"

namespace ccms::workflow {

/// The part of a ticket that decides who is told.
struct NotificationFacts {
  std::string language;         ///< of the customer; an unknown one falls back to the chain's own
  std::string department;       ///< id, may be empty
  std::string customer_mobile;  ///< in any spelling; empty: none
  std::string customer_email;
  std::string assignee_email;  ///< empty: nobody has it, or without an address
  bool consent_to_contact = true;
  bool training = false;
  bool anonymous = false;
};

/// What makes somebody be told: an occasion, or a transition of the workflow.
struct NotificationMoment {
  settings::Occasion occasion = settings::Occasion::created;
  std::string step;  ///< id of the transition; for Occasion::step
};

/// One message to send.
struct Send {
  std::string rule;
  settings::MessageChannel channel = settings::MessageChannel::email;
  settings::Recipient recipient = settings::Recipient::customer;
  std::string address;                                          ///< mobile number or e-mail address
  const settings::MessageTemplate* message_template = nullptr;  ///< into the settings
  std::string language;
};

/// The rules that such a moment calls for; into the settings.
std::vector<const settings::NotificationRule*> rules_for(const settings::Settings& settings,
                                                         const NotificationMoment& moment);

/// The messages that an occasion calls for: those that have an address. A training ticket has none; a
/// customer who gave no consent or stays anonymous gets none. Departments are written to in the chain's own
/// language.
std::vector<Send> sends_for(const settings::Settings& settings, const NotificationMoment& moment,
                            const NotificationFacts& facts);

struct Rendered {
  std::string subject;  ///< one line
  std::string body;
};

/// Puts the values for {{placeholders}} into a template. Values go in as they are and are not looked at
/// again; a placeholder without a value becomes nothing. Line breaks and other control characters in the
/// subject become spaces, so that a value cannot add a mail header.
Rendered render(const settings::MessageTemplate& message_template, std::string_view language,
                const std::map<std::string, std::string, std::less<>>& values);

}  // namespace ccms::workflow
