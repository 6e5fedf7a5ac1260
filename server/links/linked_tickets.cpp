#include "server/links/linked_tickets.h"

#include <utility>

#include "server/store/sql_fragment.h"
#include "server/store/visibility.h"

namespace ccms::server {
namespace {

/// A page names so many of each kind.
constexpr std::int64_t kMostNamed = 50;

constexpr std::string_view kColumns =
    "SELECT t.ticket_id, t.code, t.state, t.state_type, t.details_start FROM tickets t WHERE ";

std::vector<LinkedTicket> tickets_where(db::Connection& connection, const Principal& principal,
                                        const SqlFragment& condition) {
  SqlFragment sql;
  sql.add(kColumns)
      .add(condition)
      .add(" AND ")
      .add(visible_tickets(principal))
      .add(" ORDER BY t.created_at DESC, t.ticket_id DESC LIMIT ?", kMostNamed);
  std::vector<LinkedTicket> tickets;
  for (const db::Row row : connection.query(sql.text, sql.params)) {
    tickets.push_back({row.text("ticket_id"), row.text("code"), row.text("state"), row.text("state_type"),
                       row.text("details_start")});
  }
  return tickets;
}

std::optional<LinkedTicket> first_of(std::vector<LinkedTicket> tickets) {
  if (tickets.empty()) return std::nullopt;
  return std::move(tickets.front());
}

/// A child that was merged is counted with the ticket that answers for it.
SqlFragment are_children_of(const std::string& ticket_id) {
  SqlFragment condition;
  condition.add(
      "t.merged_into IS NULL AND t.ticket_id IN (SELECT l.ticket_id FROM ticket_links l "
      "WHERE l.other_id = ? AND l.kind = 'parent')",
      ticket_id);
  return condition;
}

SqlFragment is_parent_of(const std::string& ticket_id) {
  SqlFragment condition;
  condition.add(
      "t.ticket_id IN (SELECT l.other_id FROM ticket_links l WHERE l.ticket_id = ? AND l.kind = 'parent')",
      ticket_id);
  return condition;
}

SqlFragment are_related_to(const std::string& ticket_id) {
  SqlFragment condition;
  condition
      .add(
          "t.ticket_id IN (SELECT l.other_id FROM ticket_links l WHERE l.ticket_id = ? AND l.kind = "
          "'related'",
          ticket_id)
      .add(" UNION SELECT r.ticket_id FROM ticket_links r WHERE r.other_id = ? AND r.kind = 'related')",
           ticket_id);
  return condition;
}

void count_children(db::Connection& connection, const Principal& principal, const std::string& ticket_id,
                    LinkedTickets& linked) {
  SqlFragment sql;
  sql.add(
         "SELECT COUNT(*) AS n, COALESCE(SUM(CASE WHEN t.withdrawn = 0 AND t.state_type NOT IN ('resolved', "
         "'closed', 'invalid') THEN 1 ELSE 0 END), 0) AS unfinished FROM tickets t WHERE ")
      .add(are_children_of(ticket_id))
      .add(" AND ")
      .add(visible_tickets(principal));
  const db::Rows rows = connection.query(sql.text, sql.params);
  linked.child_count = rows.front().integer("n");
  linked.open_child_count = rows.front().integer("unfinished");
}

}  // namespace

LinkedTickets linked_tickets(db::Connection& connection, const Principal& principal,
                             const TicketRecord& ticket) {
  const auto& id = ticket.ticket_id;
  LinkedTickets linked;
  linked.parent = first_of(tickets_where(connection, principal, is_parent_of(id)));
  linked.children = tickets_where(connection, principal, are_children_of(id));
  if (!linked.children.empty()) count_children(connection, principal, id, linked);
  linked.related = tickets_where(connection, principal, are_related_to(id));
  SqlFragment merged;
  merged.add("t.merged_into = ?", id);
  linked.merged = tickets_where(connection, principal, merged);
  linked.merged_into = answering_ticket(connection, principal, ticket);
  return linked;
}

std::optional<LinkedTicket> answering_ticket(db::Connection& connection, const Principal& principal,
                                             const TicketRecord& merged) {
  if (!merged.merged_into) return std::nullopt;
  SqlFragment condition;
  condition.add("t.ticket_id = ?", *merged.merged_into);
  return first_of(tickets_where(connection, principal, condition));
}

}  // namespace ccms::server
