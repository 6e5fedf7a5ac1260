#pragma once

#include "core/domain/ticket.h"
#include "core/settings/settings.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// Whether a ticket with these fields is confidential: by its own mark, or by that of its category.
bool is_confidential(const domain::TicketFields& fields, const settings::Settings& settings);

/// Writes what a ticket says into its columns. A category that the settings call confidential makes the
/// ticket so.
void write_content(TicketRecord& ticket, const domain::TicketContent& content,
                   const settings::Settings& settings);

/// What a ticket says, read back from its columns. Throws std::runtime_error when they are damaged.
domain::TicketContent read_content(const TicketRecord& ticket);

/// The content as events keep it, and back: nothing for what was erased or is no content.
nlohmann::json content_json(const domain::TicketContent& content);
std::optional<domain::TicketContent> content_from_json(const nlohmann::json& document);

}  // namespace ccms::server
