#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "server/notify/channel.h"

namespace ccms::server {

struct MailIdentity {
  std::string from_address;
  std::string from_name;
};

/// A complete RFC 5322 message with CRLF line ends: Poco's SMTP stream looks for them to escape a line that
/// is a single dot, and would otherwise end the mail there and take the rest for commands. The Message-ID is
/// a function of the notification's id, so that a second delivery of the same notification is recognised by
/// mail systems, and Auto-Submitted keeps responders from answering it.
std::string compose_mail(const Message& message, const MailIdentity& identity,
                         std::chrono::system_clock::time_point date);

/// True when `address` is one mail address and nothing else: no display name, no list, no header injection.
bool is_plain_mail_address(const std::string& address);

/// Reads a sender as people write it: `a@b.example`, `Name <a@b.example>` or `"Name, Ltd." <a@b.example>`.
/// nullopt for anything else. The address is ASCII, which every mail server takes.
std::optional<MailIdentity> parse_sender(const std::string& text);

}  // namespace ccms::server
