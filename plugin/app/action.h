#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "core/wire/json_reader.h"
#include "plugin/app/event_writer.h"
#include "plugin/app/known_ticket.h"
#include "plugin/app/settings_in_force.h"

namespace ccms::plugin::app {

/// What every action's request has.
struct ActionCommon {
  TicketName name;
  domain::Clerk clerk;
  std::string language;
};

/// What slip_printing.h does once an action is done; read here so that nothing else is taken for it.
void read_print_wishes(wire::ObjectReader& object);

/// Reads them; `object` is the action's request.
ActionCommon read_action_common(wire::ObjectReader& object);

/// The situation of an action on a ticket of this till.
struct OwnTicket {
  std::shared_ptr<const TillSettings> settings;
  outbox::tickets::Ticket ticket;
};
/// Errors: "not_found", "refused" for a ticket of another store, and those of settings_in_force().
domain::Result<OwnTicket> own_ticket(Till& till, const TicketName& name);

/// Whether the chain's window for free changes of this ticket is still open.
bool in_free_window(const Till& till, const OwnTicket& own);

/// Refuses a change without a reason once the chain's window for free changes is over, and any change of a
/// ticket that was withdrawn.
domain::Result<void> check_change_allowed(const Till& till, const OwnTicket& own,
                                          const std::optional<std::string>& reason);

/// The beginning of an event on a ticket of this till.
EventDraft draft_on(const OwnTicket& own, const domain::Clerk& clerk, domain::CaptureBody body);

/// {"event_id", "capture_sha256", "ticket": summary, "slip"?}
std::string action_reply(Till& till, const settings::Bundle& settings, const std::string& event_id,
                         const std::string& ticket_id, const std::string& language,
                         const std::optional<nlohmann::ordered_json>& slip);

/// The ticket's slip as it is now.
nlohmann::ordered_json slip_of(const OwnTicket& own, const domain::TicketContent& content,
                               const domain::GoodsReceived* goods = nullptr);

}  // namespace ccms::plugin::app
