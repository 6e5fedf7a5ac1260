#include "server/links/merging.h"

#include <vector>

#include "core/domain/card_redaction.h"
#include "server/actions/automatic_assignment.h"
#include "server/actions/ticket_actions.h"
#include "server/deadlines/deadlines.h"
#include "server/links/link_events.h"
#include "server/notify/outbox.h"

namespace ccms::server {
namespace {

using domain::Error;
using domain::Result;
using nlohmann::json;

/// Whether both tickets are known to be one customer's: by id, or by a number that both have.
bool is_same_customer(db::Connection& connection, const TicketRecord& a, const TicketRecord& b) {
  if (a.customer_id && a.customer_id == b.customer_id) return true;
  if (a.email && a.email == b.email) return true;
  return !connection
              .query(
                  "SELECT a.number FROM ticket_numbers a JOIN ticket_numbers b ON b.number = a.number "
                  "WHERE a.ticket_id = ? AND b.ticket_id = ? LIMIT 1",
                  {a.ticket_id, b.ticket_id})
              .empty();
}

Result<void> check_merge(db::Connection& connection, const Principal& principal, const LockedPair& pair,
                         const MergeRequest& request) {
  if (auto checked = check_joinable(principal, pair, "/into"); !checked) return checked;
  const auto& [ticket, into] = pair;
  if (TicketLinks(connection).has_children(ticket.ticket_id))
    return Error{"has_children", "the ticket has children: link them to the other one first", ""};
  if (is_finished(into) && !is_finished(ticket))
    return Error{"into_finished", "that ticket is finished, and nobody would go on working on this one",
                 "/into"};
  if (ticket.confidential && !into.confidential)
    return Error{"would_leak", "the ticket is confidential and that one is not: merge that one into this",
                 "/into"};
  if (!request.accept_other_customer && !is_same_customer(connection, ticket, into))
    return Error{"other_customer", "the tickets are not known to be of the same customer", "/into"};
  const bool later = ticket.answer_by && (!into.answer_by || *into.answer_by > *ticket.answer_by);
  if (later && !request.accept_later_deadline)
    return Error{"later_deadline", "that ticket is due later: merge it into this one instead", "/into"};
  return {};
}

void hand_over_codes(db::Connection& connection, const std::string& from, const std::string& to) {
  connection.execute(
      "UPDATE ticket_codes SET merged_from = COALESCE(merged_from, ?), is_alias = 1, ticket_id = ? "
      "WHERE ticket_id = ?",
      {from, to, from});
}

/// The ticket and all that were merged into it, at whatever remove: it answers for their codes.
std::vector<std::string> answered_for_by(db::Connection& connection, const std::string& ticket_id) {
  std::vector<std::string> found{ticket_id};
  for (std::size_t next = 0; next < found.size(); ++next) {
    for (const db::Row row :
         connection.query("SELECT ticket_id FROM tickets WHERE merged_into = ?", {found[next]}))
      found.push_back(row.text(0));
  }
  return found;
}

void take_codes_back(db::Connection& connection, const TicketRecord& ticket) {
  for (const auto& owner : answered_for_by(connection, ticket.ticket_id)) {
    connection.execute("UPDATE ticket_codes SET ticket_id = ? WHERE merged_from = ?",
                       {ticket.ticket_id, owner});
  }
  connection.execute(
      "UPDATE ticket_codes SET merged_from = NULL, is_alias = CASE WHEN code = ? THEN 0 ELSE 1 END "
      "WHERE merged_from = ?",
      {ticket.code, ticket.ticket_id});
}

/// The same event in both histories; `role` is what the other one is to each of them. Returns the event's id
/// in the first one's.
std::string note_in_both(db::Connection& connection, const Principal& principal, LockedPair& pair,
                         const std::string& type, json data, Instant now) {
  const auto actor = acting_person(principal, pair.ticket).actor;
  data["role"] = "into";
  auto event_id = note_about(connection, pair.ticket, pair.other, type, data, actor, now);
  data["role"] = "from";
  note_about(connection, pair.other, pair.ticket, type, data, actor, now);
  return event_id;
}

/// Whether the customer hears where the ticket goes on: not of another customer's ticket, nor of a
/// confidential one, which whoever reads this one's messages may not know of; and of what is over there is
/// nothing to say.
bool is_told(const LockedPair& pair, const MergeRequest& request) {
  const auto& [ticket, into] = pair;
  return !request.accept_other_customer && (!into.confidential || ticket.confidential) && !is_finished(into);
}

}  // namespace

Result<void> merge_tickets(db::Connection& connection, const PublishedSettings& settings,
                           const Principal& principal, LockedPair& pair, const MergeRequest& request,
                           Instant now) {
  if (auto checked = check_merge(connection, principal, pair, request); !checked) return checked;
  Deadlines deadlines(connection, settings, now);
  deadlines.follow(pair.ticket, "acted");  // what was missed until now is written down before it rests
  json data = {{"note", domain::redact_card_numbers(request.note)}};
  if (request.accept_other_customer) data["accepted_other_customer"] = true;
  if (request.accept_later_deadline) data["accepted_later_deadline"] = true;
  const auto event_id = note_in_both(connection, principal, pair, "merged", std::move(data), now);
  pair.ticket.merged_into = pair.other.ticket_id;
  deadlines.follow(pair.ticket, "acted");
  hand_over_codes(connection, pair.ticket.ticket_id, pair.other.ticket_id);
  if (is_told(pair, request))
    enqueue_notifications(connection, pair.ticket, settings.settings,
                          {settings::Occasion::merged, "", event_id, ""}, now);
  return write_both(connection, pair, now);
}

Result<void> undo_merge(db::Connection& connection, const PublishedSettings& settings,
                        const Principal& principal, LockedPair& pair, const std::string& note, Instant now) {
  if (pair.ticket.merged_into != pair.other.ticket_id)
    return Error{"not_merged", "the ticket is not merged into another one", ""};
  if (auto checked = check_may_join(principal, pair); !checked) return checked;
  take_codes_back(connection, pair.ticket);
  pair.ticket.merged_into.reset();
  cancel_notifications_on(connection, pair.ticket.ticket_id, settings::Occasion::merged, "unmerged");
  const bool is_free = drop_departed_assignee(connection, pair.ticket);
  note_in_both(connection, principal, pair, "unmerged", {{"note", domain::redact_card_numbers(note)}}, now);
  if (is_free) assign_by_itself(connection, pair.ticket, settings.settings, now);
  Deadlines(connection, settings, now).follow(pair.ticket, "unmerged");
  return write_both(connection, pair, now);
}

}  // namespace ccms::server
