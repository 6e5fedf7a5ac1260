#include "server/sync/capture_projection.h"

#include <algorithm>

#include "core/settings/form.h"
#include "core/workflow/workflow.h"
#include "server/actions/automatic_assignment.h"
#include "server/actions/decided.h"
#include "server/deadlines/deadlines.h"
#include "server/intake/allocation.h"
#include "server/intake/customer_memory.h"
#include "server/intake/ticket_content.h"
#include "server/intake/ticket_lines.h"
#include "server/links/link_events.h"
#include "server/notify/outbox.h"
#include "server/store/changes.h"
#include "server/store/state_facts.h"
#include "server/store/ticket_index.h"
#include "server/store/ticket_workflow.h"
#include "server/sync/capture_events.h"
#include "server/sync/settlement.h"

namespace ccms::server {
namespace {

using domain::Error;

/// What handing the goods over makes of the ticket; nothing when the flow leaves that to the clock, or asks
/// for something that a till does not give.
std::optional<workflow::Decision> hand_over(const settings::Settings& settings, const TicketRecord& ticket) {
  const auto state = workflow_state_of(ticket, settings);
  for (const auto& transition : workflow_of(ticket, settings).transitions) {
    if (transition.action != settings::Action::hand_over || transition.who.empty()) continue;
    workflow::ActionRequest request;
    request.action = transition.id;
    if (auto decision = workflow::decide(settings, state, request, {std::string(workflow::kAnybody)}))
      return *decision;
  }
  return std::nullopt;
}

bool is_of_store(const TicketRecord& ticket, const std::string& store) {
  return ticket.reported_store == store || ticket.collect_store == store;
}

/// Whoever shows a ticket's code may be helped in any store of the chain: what a store can do to a ticket of
/// another one is to note what was said, and to take the goods in.
bool any_store_may(const domain::CaptureBody& body) {
  return std::holds_alternative<domain::Commented>(body) ||
         std::holds_alternative<domain::GoodsReceived>(body);
}

bool may_act(const domain::Capture& capture, const TicketRecord& ticket) {
  return is_of_store(ticket, capture.store.str()) || (!ticket.confidential && any_store_may(capture.body));
}

/// Goods that were received here and are here still, or a flow that says that something waits to be collected
/// (a new piece in exchange was never received from the customer).
bool has_something_to_hand_over(const TicketRecord& ticket) {
  const bool received = ticket.goods.is_object() && ticket.goods.contains("received_at");
  return ticket.ready_to_collect || (received && !ticket.goods.contains("handed_over_at"));
}

/// Whether the automatic checks would look at something else now.
bool purchase_changed(const domain::ContentChanges& changes) {
  return changes.transaction || changes.customer;
}

}  // namespace

domain::Result<TicketRecord> CaptureProjection::project(const IncomingCapture& incoming) {
  if (const auto* created = std::get_if<domain::Created>(&incoming.capture->body))
    return create(incoming, *created);
  return change(incoming);
}

std::optional<Error> CaptureProjection::content_problem(const domain::TicketContent& content,
                                                        const std::string& pointer) const {
  domain::TicketRequest request;
  request.content = content;
  auto errors = settings::validate_request(under_.settings.form, request, settings::Screen::till);
  if (errors.empty()) return std::nullopt;
  errors.front().field.insert(0, pointer);
  return errors.front();
}

domain::Result<TicketRecord> CaptureProjection::create(const IncomingCapture& incoming,
                                                       const domain::Created& body) {
  const auto& capture = *incoming.capture;
  const std::string ticket_id = capture.ticket_id.str();
  if (load_ticket(connection_, ticket_id)) {
    return Error{"ticket_id_conflict", "another event has made this ticket already", "/ticket_id"};
  }
  if (auto problem = content_problem(body.content, "/body")) return *problem;
  NewTicket wish;
  wish.ticket_id = ticket_id;
  wish.code = body.code;
  wish.event_id = capture.event_id.str();
  wish.content = body.content;
  // What the till promised under its settings holds, whatever newer ones say of the category.
  if (is_confidential(body.content.ticket, under_.settings)) wish.content.ticket.confidential = true;
  wish.channel = domain::Channel::till;
  wish.actor = clerk_of(capture);
  wish.store = capture.store.str();
  wish.till = capture.till.str();
  wish.form_id = body.form_id.str();
  wish.capture_digest = incoming.digest_hex;
  wish.salt = domain::hex_encode(domain::bytes_view(capture.salt));
  wish.settings_version = capture.settings_version;
  wish.training = capture.training;
  wish.settled_at_once = incoming.settled_at_once;
  wish.created_at = incoming.happened.at;
  wish.device_at = capture.wall_at;
  wish.clock_offset_ms = incoming.happened.clock_offset_ms;
  wish.promised_answer_by = body.answer_by;
  wish.evidence = incoming.evidence;
  auto ticket = take_in(connection_, wish, current_, now_);
  if (ticket.ok() && ticket->confidential && !till_knows_confidential(capture, body)) {
    TicketRecord as_at_till = *ticket;
    as_at_till.confidential = false;
    as_at_till.collect_store.reset();  // there, nobody has seen it yet
    append_departures(connection_, as_at_till, *ticket, now_);
  }
  return ticket;
}

/// A till marks what is confidential under its own settings; newer ones it has yet to hear of.
bool CaptureProjection::till_knows_confidential(const domain::Capture& capture,
                                                const domain::Created& body) const {
  const auto& fields = body.content.ticket;
  const bool has_its_settings = under_.version == capture.settings_version;
  return fields.confidential || (has_its_settings && is_confidential(fields, under_.settings));
}

domain::Result<TicketRecord> CaptureProjection::change(const IncomingCapture& incoming) {
  const auto& capture = *incoming.capture;
  const auto before = load_ticket(connection_, capture.ticket_id.str(), true);
  if (!before || !may_act(capture, *before)) {
    return Error{"unknown_ticket", "this store has no such ticket", "/ticket_id"};
  }
  if (capture.training && !before->training) {
    return Error{"bad_value", "this was done in training mode, but the ticket is a real one", "/training"};
  }
  TicketRecord ticket = *before;
  std::optional<workflow::Decision> handed_over;
  if (std::holds_alternative<domain::HandedOver>(capture.body))
    handed_over = hand_over(current_.settings, ticket);
  if (auto altered = alter(ticket, incoming); !altered.ok()) return altered.error();
  if (handed_over) apply(*handed_over, current_.settings, ticket, now_);
  if (!fits_columns(ticket)) return Error{"too_long", "the ticket would become too large", "/body"};

  ticket.updated_at = to_epoch_ms(now_);
  const auto event = note(*before, ticket, incoming, handed_over);
  const auto* amended = std::get_if<domain::Amended>(&capture.body);
  bool allocated = false;
  if (amended && purchase_changed(amended->changes)) {
    allocated = check_again(connection_, ticket, incoming.evidence, current_.settings, now_);
    write_ticket_lines(connection_, ticket.ticket_id, read_content(ticket).transaction);
  }
  const bool rerouted =
      amended && !allocated && route_anew(connection_, *before, ticket, current_.settings, now_);
  if (rerouted) assign_by_itself(connection_, ticket, current_.settings, now_);
  Deadlines(connection_, current_, now_).follow(ticket, amended ? "amended" : "acted");
  write_locked(connection_, ticket, now_);
  if (amended) {
    index_ticket(connection_, ticket, current_.settings);
    remember_customer(connection_, ticket, read_content(ticket), current_.settings, incoming.happened.at);
  }
  append_departures(connection_, *before, ticket, now_);
  if (ticket.merged_into) note_late_event(connection_, ticket, event, now_);
  if (allocated) tell_of_creation(connection_, ticket, current_.settings, now_);
  if (rerouted) tell_of_reroute(connection_, ticket, current_.settings, now_);
  tell(*before, ticket, capture);
  if (handed_over) {
    enqueue_notifications(connection_, ticket, current_.settings,
                          {settings::Occasion::step, handed_over->transition->id, capture.event_id.str(), ""},
                          now_);
  }
  return ticket;
}

/// The event as the till signed it, and what it did to the ticket's state.
NewEvent CaptureProjection::note(const TicketRecord& before, TicketRecord& ticket,
                                 const IncomingCapture& incoming,
                                 const std::optional<workflow::Decision>& handed_over) {
  auto event = event_of(incoming);
  const auto& store = incoming.capture->store.str();
  if (!is_of_store(before, store)) event.data["store"] = store;
  if (handed_over && !handed_over->tells_state())
    event.data.update(event_data(*handed_over, current_.settings, ""));
  append_event(connection_, ticket, event, now_);
  if (handed_over && handed_over->tells_state()) {
    note_state(ticket, incoming, event_data(*handed_over, current_.settings, ""),
               is_public(*handed_over, "state_changed"));
  } else if (ticket.state != before.state) {
    auto data = state_facts(current_.settings, ticket.state);
    data["from"] = before.state;
    note_state(ticket, incoming, std::move(data), true);  // a withdrawal follows no transition of the flow
  }
  return event;
}

domain::Result<void> CaptureProjection::alter(TicketRecord& ticket, const IncomingCapture& incoming) const {
  const auto& body = incoming.capture->body;
  const auto& settings = current_.settings;
  const auto& flow = workflow_of(ticket, settings);
  if (const auto* amended = std::get_if<domain::Amended>(&body)) return amend(ticket, *amended);
  if (std::holds_alternative<domain::Withdrawn>(body)) {
    ticket.withdrawn = true;
    const auto* closed = first_closed_state(settings, flow);
    if (closed && !is_finished(ticket)) enter(ticket, *closed);
  } else if (const auto* received = std::get_if<domain::GoodsReceived>(&body)) {
    ticket.goods = goods_json(*received, incoming.happened.at);
    const auto& store = incoming.capture->store.str();
    if (!is_of_store(ticket, store)) ticket.goods["store"] = store;
  } else if (const auto* handed_over = std::get_if<domain::HandedOver>(&body)) {
    if (!has_something_to_hand_over(ticket)) {
      return Error{"nothing_to_hand_over",
                   "the ticket is not ready to be collected, and no goods of it are here", "/ticket_id"};
    }
    note_hand_over(ticket.goods, *handed_over, incoming.happened.at);
  } else if (const auto* settled = std::get_if<domain::Settled>(&body)) {
    if (auto checked = check_settlement(ticket, *settled, incoming.capture->clerk, under_.settings); !checked)
      return checked;
    ticket.resolution_code = settled->resolution_code.str();
    ticket.resolution_note = settled->note;
    if (const auto* state = state_when_settled(settings, flow, ticket.state)) enter(ticket, *state);
  }
  return {};
}

domain::Result<void> CaptureProjection::amend(TicketRecord& ticket, const domain::Amended& body) const {
  auto content = read_content(ticket);
  const bool was_valid = !content_problem(content, "");
  domain::apply(body.changes, content);
  // What was let in under other settings must not keep a clerk from changing something else.
  if (auto problem = content_problem(content, "/body/changes"); problem && was_valid) return *problem;
  // Confidential tickets are kept from the store, and so it is not for the store to end that.
  content.ticket.confidential = content.ticket.confidential || ticket.confidential;
  const auto known_customer = ticket.customer_id;
  write_content(ticket, content, current_.settings);
  // Whom the books named for a purchase stays known as long as it is that purchase.
  if (!ticket.customer_id && !purchase_changed(body.changes)) ticket.customer_id = known_customer;
  return {};
}

/// As when staff do it.
void CaptureProjection::note_state(TicketRecord& ticket, const IncomingCapture& incoming, nlohmann::json data,
                                   bool is_public) {
  NewEvent event;
  event.type = "state_changed";
  event.actor = clerk_of(*incoming.capture);
  event.is_public = is_public;
  event.at = incoming.happened.at;
  event.data = std::move(data);
  append_event(connection_, ticket, event, now_);
}

void CaptureProjection::enter(TicketRecord& ticket, const settings::State& state) const {
  ticket.state = state.id;
  ticket.state_type = domain::to_text(state.type);
  ticket.ready_to_collect = state.ready_to_collect;
  if (settings::is_terminal(state.type)) ticket.closed_at = to_epoch_ms(now_);
}

void CaptureProjection::tell(const TicketRecord& before, const TicketRecord& after,
                             const domain::Capture& capture) {
  const auto& settings = current_.settings;
  const std::string event_id = capture.event_id.str();
  if (after.withdrawn && !before.withdrawn)
    return cancel_notifications(connection_, after.ticket_id, "withdrawn");
  const bool readdressed = before.complainant != after.complainant || before.customer != after.customer ||
                           before.consent_to_contact != after.consent_to_contact;
  if (readdressed) readdress_customer_notifications(connection_, after, settings, event_id, now_);
  if (before.state_type != "closed" && after.state_type == "closed") {
    enqueue_notifications(connection_, after, settings, {settings::Occasion::closed, "", event_id, ""}, now_);
  }
}

}  // namespace ccms::server
