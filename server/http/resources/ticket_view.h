#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/settings/settings.h"
#include "server/http/message.h"
#include "server/links/linked_tickets.h"
#include "server/store/ticket_record.h"
#include "server/store/ticket_search.h"

namespace ccms::server {

/// A text in all its languages: {"en":"…","de":"…"}.
nlohmann::json text_json(const settings::Text& text);
/// {"id","type","label","customer_label","ready_to_collect"}
nlohmann::json state_json(const settings::State& state);

/// What a ticket's page shows beside the row itself.
struct TicketContext {
  std::vector<std::string> aliases;
  std::optional<std::string> assignee_name;
  LinkedTickets linked;
};
TicketContext load_ticket_context(db::Connection& connection, const TicketRecord& ticket,
                                  const Principal& principal);

/// The whole ticket, with the actions that `principal` may take now.
nlohmann::json ticket_json(const TicketRecord& ticket, const TicketContext& context,
                           const settings::Settings& settings, const Principal& principal);

/// {"ticket": …} with the ticket's version as ETag. `redirected_from` is the code that was asked for, when it
/// led from a merged ticket to this one.
Response ticket_response(int status, db::Connection& connection, const TicketRecord& ticket,
                         const settings::Settings& settings, const Principal& principal,
                         const std::optional<std::string>& redirected_from = std::nullopt);

/// The ETag of a version, and the version that an If-Match asks for: nothing for `*`, -1 (no ticket's) for
/// anything that is no ETag of ours.
std::string version_etag(std::int64_t version);
std::optional<std::int64_t> version_asked_for(const std::string& if_match);

/// One line of a list: the mobile number masked, of the details the beginning.
nlohmann::json ticket_row_json(const TicketRow& row, const settings::Settings& settings);

}  // namespace ccms::server
