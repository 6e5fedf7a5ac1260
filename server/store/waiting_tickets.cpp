#include "server/store/waiting_tickets.h"

namespace ccms::server {

bool is_for_its_department(const TicketRecord& ticket, const settings::Settings& settings) {
  const auto type = domain::from_text<settings::StateType>(ticket.state_type);
  return ticket.department && !ticket.assignee && !ticket.training && !ticket.withdrawn &&
         !ticket.merged_into && type && !settings::is_terminal(*type) &&
         settings.assignments.contains(*ticket.department);
}

void await_assignee(db::Connection& connection, const std::string& ticket_id, Instant try_at) {
  connection.execute("INSERT INTO waiting_tickets (ticket_id, try_at) VALUES (?, ?) " +
                         connection.dialect().upsert("ticket_id", {"try_at"}),
                     {ticket_id, to_epoch_ms(try_at)});
}

std::optional<Instant> next_try(db::Connection& connection, const TicketRecord& ticket,
                                const settings::Settings& settings) {
  // Most departments assign nothing by themselves, and none of their tickets has a row.
  if (!ticket.department || !settings.assignments.contains(*ticket.department)) return std::nullopt;
  if (!is_for_its_department(ticket, settings)) {
    connection.execute("DELETE FROM waiting_tickets WHERE ticket_id = ?", {ticket.ticket_id});
    return std::nullopt;
  }
  const auto rows =
      connection.query("SELECT try_at FROM waiting_tickets WHERE ticket_id = ?", {ticket.ticket_id});
  if (rows.empty()) return std::nullopt;
  return from_epoch_ms(rows.front().integer(0));
}

}  // namespace ccms::server
