#include "server/store/ticket_workflow.h"

namespace ccms::server {

const settings::Workflow& workflow_of(const TicketRecord& ticket, const settings::Settings& settings) {
  if (const settings::Workflow* known = settings.find_workflow(ticket.workflow)) return *known;
  const auto kind = domain::from_text<domain::TicketKind>(ticket.kind);
  std::optional<domain::CategoryId> category;
  if (ticket.category) category = domain::CategoryId(*ticket.category);
  return settings.workflow_of_new(kind.value_or(domain::TicketKind::complaint), category);
}

void settle_workflow(TicketRecord& ticket, const settings::Settings& settings) {
  if (ticket.workflow.empty()) ticket.workflow = workflow_of(ticket, settings).id;
}

}  // namespace ccms::server
