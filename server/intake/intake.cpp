#include "server/intake/intake.h"

#include "server/actions/automatic_assignment.h"
#include "server/app/identifiers.h"
#include "server/deadlines/deadlines.h"
#include "server/intake/allocation.h"
#include "server/intake/customer_memory.h"
#include "server/intake/ticket_content.h"
#include "server/intake/ticket_lines.h"
#include "server/store/changes.h"
#include "server/store/state_facts.h"
#include "server/store/ticket_codes.h"
#include "server/store/ticket_index.h"
#include "server/store/ticket_workflow.h"
#include "server/verification/verification.h"

namespace ccms::server {
namespace {

domain::TicketCode settle_code(db::Connection& connection, const NewTicket& wish,
                               const std::string& ticket_id, Instant now) {
  if (wish.code && claim_code(connection, *wish.code, ticket_id, now)) return *wish.code;
  return claim_server_code(connection, ticket_id, now);
}

void begin_workflow(TicketRecord& ticket, const domain::TicketContent& content,
                    const settings::Settings& settings) {
  const auto& flow = settings.workflow_of_new(content.kind, content.ticket.category);
  const auto* state = settings.find_state(flow.initial);
  ticket.workflow = flow.id;
  ticket.state = state->id;
  ticket.state_type = domain::to_text(state->type);
  ticket.ready_to_collect = state->ready_to_collect;
}

TicketRecord record_of(const NewTicket& wish, const settings::Settings& settings, Instant now) {
  TicketRecord ticket;
  ticket.ticket_id = wish.ticket_id.empty() ? new_uuid(now) : wish.ticket_id;
  ticket.version = 1;
  begin_workflow(ticket, wish.content, settings);
  ticket.reported_store = wish.store;
  ticket.till = wish.till;
  ticket.channel = domain::to_text(wish.channel);
  ticket.training = wish.training;
  ticket.settings_version = wish.settings_version;
  ticket.form_id = wish.form_id;
  ticket.clerk_id = wish.actor.id;
  ticket.clerk_name = wish.actor.name;
  ticket.verification = domain::to_text(workflow::Verification::unverified);
  ticket.created_at = to_epoch_ms(wish.created_at);
  ticket.received_at = to_epoch_ms(now);
  if (wish.device_at) ticket.device_at = to_epoch_ms(*wish.device_at);
  ticket.clock_offset_ms = wish.clock_offset_ms;
  if (wish.promised_answer_by) ticket.promised_answer_by = to_epoch_ms(*wish.promised_answer_by);
  ticket.updated_at = to_epoch_ms(now);
  write_content(ticket, wish.content, settings);
  return ticket;
}

VerificationResult checks_of(db::Connection& connection, const TicketRecord& ticket,
                             const domain::TicketContent& content, const PurchaseEvidence& evidence,
                             const settings::Settings& settings) {
  ClaimedQuantities claimed;
  if (content.transaction) claimed = claimed_by_others(connection, ticket.ticket_id, *content.transaction);
  return verify_purchase(content, from_epoch_ms(ticket.created_at), evidence, claimed,
                         settings.till.claim_within_days);
}

bool is_checked(const TicketRecord& ticket, const settings::Settings& settings) {
  return !ticket.training && workflow_of(ticket, settings).verification != settings::VerificationFlow::none;
}

}  // namespace

PurchaseEvidence evidence_for(CustomerDirectory& directory, const domain::TicketContent& content) {
  if (!content.transaction) return {};
  return directory.purchase(content.transaction->store.str(), content.transaction->id);
}

domain::Result<TicketRecord> take_in(db::Connection& connection, const NewTicket& wish,
                                     const PublishedSettings& current, Instant now) {
  const auto& settings = current.settings;
  TicketRecord ticket = record_of(wish, settings, now);
  auto content = content_json(wish.content);
  content["opened"] = state_facts(settings, ticket.state);
  if (wish.promised_answer_by)
    content["promised_answer_by"] = domain::format_rfc3339(*wish.promised_answer_by);
  if (!fits_columns(ticket) || !fits_event(content))
    return domain::Error{"too_long", "the ticket is too large to be stored", ""};
  ticket.code = settle_code(connection, wish, ticket.ticket_id, now).str();
  append_event(connection, ticket,
               {.event_id = wish.event_id,
                .type = "created",
                .actor = wish.actor,
                .at = wish.created_at,
                .data = std::move(content),
                .capture_digest = wish.capture_digest,
                .salt = wish.salt},
               now);
  if (is_checked(ticket, settings)) {
    record_checks(connection, ticket, checks_of(connection, ticket, wish.content, wish.evidence, settings),
                  now);
    adopt_customer(ticket, wish.evidence);
  }
  const bool is_worked_on = !wish.in_the_past && !wish.settled_at_once;
  if (allocate(connection, ticket, settings, now) && is_worked_on)
    assign_by_itself(connection, ticket, settings, now);
  Deadlines(connection, current, now).follow(ticket, "created");
  insert_ticket(connection, ticket);
  write_ticket_lines(connection, ticket.ticket_id, wish.content.transaction);
  index_ticket(connection, ticket, settings);
  remember_customer(connection, ticket, wish.content, settings, wish.created_at);
  append_change(connection, ticket, now);
  if (!wish.settled_at_once) tell_of_creation(connection, ticket, settings, now);
  return ticket;
}

void begin_work(db::Connection& connection, const std::string& ticket_id, const PublishedSettings& current,
                Instant now) {
  auto ticket = load_ticket(connection, ticket_id, true);
  if (!ticket || ticket->withdrawn || is_finished(*ticket)) return;
  if (!assign_by_itself(connection, *ticket, current.settings, now).empty()) {
    Deadlines(connection, current, now).follow(*ticket, "acted");
    ticket->updated_at = to_epoch_ms(now);
    write_locked(connection, *ticket, now);
  }
  tell_of_creation(connection, *ticket, current.settings, now);
}

bool would_change(db::Connection& connection, const TicketRecord& ticket, const PurchaseEvidence& evidence,
                  const settings::Settings& settings) {
  return is_checked(ticket, settings) &&
         !is_recorded(ticket, checks_of(connection, ticket, read_content(ticket), evidence, settings));
}

bool check_again(db::Connection& connection, TicketRecord& ticket, const PurchaseEvidence& evidence,
                 const settings::Settings& settings, Instant now) {
  if (!is_checked(ticket, settings)) return false;
  record_checks(connection, ticket, checks_of(connection, ticket, read_content(ticket), evidence, settings),
                now);
  adopt_customer(ticket, evidence);
  if (!allocate(connection, ticket, settings, now)) return false;
  assign_by_itself(connection, ticket, settings, now);
  return true;
}

}  // namespace ccms::server
