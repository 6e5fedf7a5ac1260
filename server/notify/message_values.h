#pragma once

#include <map>
#include <string>

#include "core/settings/settings.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// What the {{placeholders}} of a message template become.
using MessageValues = std::map<std::string, std::string, std::less<>>;

/// Those that are about the ticket, in one language. A message about a confidential ticket to anybody but the
/// customer says that there is one, and nothing of what is in it: an inbox is read by more people than may
/// read the ticket. Times are those of the store the customer deals with.
MessageValues message_values(const TicketRecord& ticket, const settings::Settings& settings,
                             const std::string& language, settings::Recipient recipient);

/// A ticket's code as people read it: 4-4-4.
std::string shown_code(const std::string& code);

/// A moment as people at the ticket's store read it; empty where there is none.
std::string local_time(const TicketRecord& ticket, const settings::Settings& settings,
                       const std::optional<std::int64_t>& moment_ms);

}  // namespace ccms::server
