#include "server/links/linking.h"

#include <algorithm>

#include "server/actions/ticket_actions.h"
#include "server/links/link_events.h"
#include "server/staff/roles.h"
#include "server/store/changes.h"

namespace ccms::server {
namespace {

using domain::Error;
using domain::Result;

Result<void> check_open(const TicketRecord& ticket, const std::string& field) {
  if (ticket.merged_into)
    return Error{"ticket_merged", "this ticket was merged into another one, which answers for it", field};
  if (ticket.withdrawn) return Error{"ticket_withdrawn", "this ticket was withdrawn", field};
  return {};
}

Result<void> check_parent(TicketLinks& links, const LockedPair& pair) {
  const auto& child = pair.ticket.ticket_id;
  const auto& parent = pair.other.ticket_id;
  if (const auto known = links.parent_of(child)) {
    if (*known == parent) return Error{"already_linked", "that is the ticket's parent already", "/ticket"};
    return Error{"has_parent", "the ticket has another parent: take that away first", "/kind"};
  }
  if (const auto above = links.parent_of(parent)) {
    if (*above == child) return Error{"circle", "that ticket is a child of this one", "/ticket"};
    return Error{"parent_is_child", "that ticket has a parent itself: link to that one", "/ticket"};
  }
  if (links.has_children(child))
    return Error{"has_children", "the ticket has children of its own, and so cannot be one", "/kind"};
  return {};
}

/// The same event in both histories, each saying what the other one is to it.
Result<void> note_in_both(db::Connection& connection, const Principal& principal, LockedPair& pair,
                          LinkKind kind, const std::string& type, Instant now) {
  const auto actor = acting_person(principal, pair.ticket).actor;
  const std::string reversed = kind == LinkKind::parent ? "child" : "related";
  note_about(connection, pair.ticket, pair.other, type, {{"kind", to_text(kind)}}, actor, now);
  note_about(connection, pair.other, pair.ticket, type, {{"kind", reversed}}, actor, now);
  return write_both(connection, pair, now);
}

bool may_join(const Principal& principal, const TicketRecord& ticket) {
  return std::any_of(principal.standings.begin(), principal.standings.end(), [&](const Standing& standing) {
    return !standing.is_of_stores() && standing.may(settings::Permission::tickets_comment) &&
           reaches(standing, ticket);
  });
}

}  // namespace

Result<void> check_may_join(const Principal& principal, const LockedPair& pair) {
  if (may_join(principal, pair.ticket) && may_join(principal, pair.other)) return {};
  return Error{"role_not_allowed", "only who works on both tickets can do this", ""};
}

Result<void> write_both(db::Connection& connection, LockedPair& pair, Instant now) {
  if (auto written = write_back(connection, pair.ticket, now); !written) return written;
  return write_back(connection, pair.other, now);
}

Result<void> check_joinable(const Principal& principal, const LockedPair& pair,
                            const std::string& other_field) {
  if (auto checked = check_may_join(principal, pair); !checked) return checked;
  if (pair.ticket.ticket_id == pair.other.ticket_id)
    return Error{"same_ticket", "this is the ticket itself", other_field};
  if (auto checked = check_open(pair.ticket, ""); !checked) return checked;
  if (auto checked = check_open(pair.other, other_field); !checked) return checked;
  if (pair.ticket.training != pair.other.training)
    return Error{"training_differs", "one of the tickets was made for practice, the other is real",
                 other_field};
  return {};
}

Result<void> link_tickets(db::Connection& connection, const Principal& principal, LockedPair& pair,
                          LinkKind kind, Instant now) {
  if (auto checked = check_joinable(principal, pair, "/ticket"); !checked) return checked;
  TicketLinks links(connection);
  if (kind == LinkKind::parent) {
    if (auto checked = check_parent(links, pair); !checked) return checked;
  } else if (links.has(pair.ticket.ticket_id, kind, pair.other.ticket_id)) {
    return Error{"already_linked", "the tickets are linked already", "/ticket"};
  }
  links.add(pair.ticket.ticket_id, kind, pair.other.ticket_id, now);
  return note_in_both(connection, principal, pair, kind, "linked", now);
}

Result<void> unlink_tickets(db::Connection& connection, const Principal& principal, LockedPair& pair,
                            LinkKind kind, Instant now) {
  if (auto checked = check_may_join(principal, pair); !checked) return checked;
  if (!TicketLinks(connection).remove(pair.ticket.ticket_id, kind, pair.other.ticket_id))
    return Error{"not_linked", "the tickets are not linked so", ""};
  return note_in_both(connection, principal, pair, kind, "unlinked", now);
}

}  // namespace ccms::server
