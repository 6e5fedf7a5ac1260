#include "plugin/app/any_ticket.h"

#include <utility>

#include "core/settings/workflow_settings.h"
#include "plugin/app/possible_actions.h"
#include "plugin/outbox/update_table.h"

namespace ccms::plugin::app {

domain::Result<Target> find_target(Till& till, const TicketName& name) {
  const auto settings = settings_in_force(till);
  if (!settings) return settings.error();
  if (auto own = own_ticket(till, name)) {
    const auto id = own->ticket.ticket_id.str();
    return Target{*settings, std::move(own).value(), id};
  }
  if (!name.ticket_id.empty()) return Target{*settings, std::nullopt, name.ticket_id};
  return domain::Error{
      "not_found", "this till does not know the ticket; look it up and name it by its ticket_id", "/code"};
}

domain::Result<Target> find_target_of_store(Till& till, const TicketName& name) {
  auto target = find_target(till, name);
  if (target && !target->own && is_foreign(till, target->ticket_id)) return belongs_to_another_store();
  return target;
}

bool is_known_to_be_over(const Till& till, const std::string& ticket_id) {
  const auto update = outbox::updates::find(*till.journal.lease(), ticket_id);
  return update && settings::is_terminal(update->state.type);
}

domain::Result<domain::Capture> record_on(Till& till, const Target& target, const domain::Clerk& clerk,
                                          domain::CaptureBody body) {
  const bool training = target.own ? target.own->ticket.training : till.host.training_mode();
  return record_event(till,
                      {domain::TicketId(target.ticket_id),
                       clerk,
                       target.settings->bundle.settings_version,
                       training,
                       {},
                       std::move(body)},
                      [&](db::Connection& connection, const domain::Capture&) {
                        outbox::tickets::refresh_delivery(connection, target.ticket_id);
                      });
}

}  // namespace ccms::plugin::app
