#include "server/store/ticket_access.h"

#include "core/domain/ids.h"
#include "core/domain/ticket_code.h"
#include "server/store/visibility.h"

namespace ccms::server {
namespace {

std::optional<std::string> ticket_id_of(db::Connection& connection, std::string_view id_or_code) {
  if (domain::is_uuid_v7(id_or_code)) return std::string(id_or_code);
  const auto code = domain::TicketCode::parse(id_or_code);
  return code ? find_ticket_by_code(connection, code->str()) : std::nullopt;
}

}  // namespace

std::optional<TicketRecord> find_visible_ticket(db::Connection& connection, const Principal& principal,
                                                std::string_view id_or_code, bool for_update) {
  const auto ticket_id = ticket_id_of(connection, id_or_code);
  if (!ticket_id) return std::nullopt;
  // Locked before it is judged, so that nobody moves it out of sight in between.
  auto ticket = load_ticket(connection, *ticket_id, for_update);
  SqlFragment sql;
  sql.add("SELECT t.ticket_id FROM tickets t WHERE t.ticket_id = ?", *ticket_id)
      .add(" AND ")
      .add(visible_tickets(principal));
  if (connection.query(sql.text, sql.params).empty()) return std::nullopt;
  return ticket;
}

}  // namespace ccms::server
