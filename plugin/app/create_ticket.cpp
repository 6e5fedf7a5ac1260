#include "plugin/app/create_ticket.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "core/crypto/random.h"
#include "core/domain/card_redaction.h"
#include "core/domain/encoding.h"
#include "core/domain/text.h"
#include "core/settings/form.h"
#include "core/settings/workflow_settings.h"
#include "core/wire/json_writer.h"
#include "core/wire/ticket_json.h"
#include "core/workflow/answer_by.h"
#include "plugin/app/event_writer.h"
#include "plugin/app/known_ticket.h"
#include "plugin/app/new_id.h"
#include "plugin/app/settings_in_force.h"
#include "plugin/app/settlement.h"
#include "plugin/app/slip.h"
#include "plugin/app/ticket_state.h"
#include "plugin/outbox/capture_table.h"
#include "plugin/outbox/ticket_table.h"

namespace ccms::plugin::app {
namespace {

using domain::Error;
using domain::Result;
using domain::TicketCode;

/// Everything that one attempt to write needs and that no retry changes.
struct Draft {
  const domain::TicketRequest& request;
  const TillSettings& in_force;
  bool training = false;

  const settings::Bundle& settings() const { return in_force.bundle; }
};

Result<TicketCode> make_code(const TillKeys& keys, std::int64_t number) {
  const auto random = crypto::random_array<2>();
  return TicketCode::make(keys.prefix, static_cast<std::uint32_t>(number),
                          static_cast<std::uint16_t>(random[0] << 8U | random[1]), keys.code_secret);
}

Result<void> check_duplicate(db::Connection& connection, const Till& till, const Draft& draft) {
  const auto purchase = outbox::tickets::purchase_key(draft.request.content);
  if (draft.request.accept_duplicate || !purchase) return {};
  const auto open = outbox::tickets::find_open_on_purchase(connection, till.journal.ticket_keys(), *purchase,
                                                           draft.training);
  if (!open) return {};
  const auto code = TicketCode::parse(open->code);
  return Error{"duplicate_suspected",
               "there is an open ticket on this purchase: " + (code ? code->display() : open->code),
               "/transaction"};
}

/// What a reply says of a ticket.
struct Made {
  const outbox::tickets::Ticket& ticket;
  const std::string& event_id;
  std::string_view digest;
  const domain::TicketContent& content;
  std::optional<wire::TicketUpdate> update;  ///< what the server said last
  std::optional<domain::Instant> answer_by;  ///< what the slip promises
};

std::string reply_of(const settings::Bundle& settings, const TicketCode& code, const Made& made) {
  const auto& ticket = made.ticket;
  return wire::ObjectWriter()
      .put("ticket_id", ticket.ticket_id)
      .put("code", code.display())
      .put("event_id", made.event_id)
      .put("capture_sha256", domain::hex_encode(made.digest))
      .put("created_at", ticket.created_at)
      .put("state", made.update ? state_json(settings, *made.update, made.content.language)
                                : initial_state_json(settings, made.content, made.content.language))
      .put("delivery", ticket.delivery)
      .put("answer_by", made.answer_by)
      .put("slip", make_slip(settings, {code, made.content, ticket.created_at, ticket.training, nullptr,
                                        made.answer_by}))
      .take()
      .dump();
}

/// What is still known of a confidential ticket that has left the till: that it is one.
domain::TicketContent what_is_left(const domain::TicketRequest& asked) {
  domain::TicketContent content;
  content.language = asked.content.language;
  content.ticket.confidential = true;
  return content;
}

/// The reply for a form that has become a ticket already.
Result<std::string> reply_again(db::Connection& connection, const settings::Bundle& settings,
                                const outbox::tickets::Ticket& ticket, const domain::TicketRequest& asked) {
  const auto event = ticket.creation ? outbox::captures::find(connection, *ticket.creation) : std::nullopt;
  const auto code = TicketCode::parse(ticket.code);
  if (!event || !code) {
    return Error{"refused", "this form became the ticket " + ticket.code + " some days ago", "/form_id"};
  }
  const auto request = content_of(ticket);
  return reply_of(settings, *code,
                  {ticket, event->event_id, event->digest, request ? request->content : what_is_left(asked),
                   standing_of(connection, settings, ticket), promised_answer_by(ticket)});
}

/// What the customer may be promised, by the server's time as far as the till knows it: nothing that has been
/// done already. The slip of a confidential ticket is neutral: it says nothing of it.
std::optional<domain::Instant> promise(const Till& till, const Draft& draft, domain::Instant wall_at) {
  if (draft.training || draft.request.content.ticket.confidential || draft.request.settlement)
    return std::nullopt;
  const auto facts = domain::facts_of(draft.request.content, domain::StoreId(draft.settings().store.id));
  const auto opened_at = wall_at + std::chrono::milliseconds(till.sync.get().clock_offset_ms);
  return workflow::answer_by(draft.settings(), draft.in_force.tat, facts, opened_at);
}

outbox::tickets::Ticket ticket_of(const Draft& draft, const domain::Capture& capture,
                                  const TicketCode& code) {
  outbox::tickets::Ticket ticket;
  ticket.ticket_id = capture.ticket_id;
  ticket.code = code.str();
  ticket.created_at = capture.wall_at;
  ticket.settings_version = draft.settings().settings_version;
  ticket.confidential = draft.request.content.ticket.confidential;
  ticket.training = draft.training;
  ticket.purchase = outbox::tickets::purchase_key(draft.request.content);
  ticket.form_id = draft.request.form_id->str();
  return ticket;
}

/// A ticket that is born closed: its settlement is the next event, in the same transaction.
Result<void> write_settlement(db::Connection& connection, const Till& till, const TillKeys& keys,
                              const Draft& draft, const domain::TicketId& ticket_id) {
  const auto& request = draft.request;
  const auto seq = outbox::identity::take_sequence(connection, keys.epoch);
  if (!seq) return identity_changed();
  const auto event = write_event(connection, till, keys, *seq,
                                 {ticket_id,
                                  *request.clerk,
                                  draft.settings().settings_version,
                                  draft.training,
                                  {},
                                  *request.settlement});
  if (!event) return event.error();
  return {};
}

Result<std::string> write(db::Connection& connection, const Till& till, const TillKeys& keys,
                          const Draft& draft) {
  if (auto checked = check_duplicate(connection, till, draft); !checked) return checked.error();
  const auto slot = outbox::identity::take_code(connection, keys.epoch, keys.prefix);
  if (!slot) return identity_changed();
  const auto code = make_code(keys, slot->code);
  if (!code) return code.error();

  const auto& request = draft.request;
  const auto wall_at = till.clock.wall_now();
  const domain::TicketId ticket_id(new_uuid(wall_at));
  const auto answer_by = promise(till, draft, wall_at);
  const auto event = write_event(connection, till, keys, slot->seq,
                                 {ticket_id,
                                  *request.clerk,
                                  draft.settings().settings_version,
                                  draft.training,
                                  {},
                                  domain::Created{*code, *request.form_id, request.content, answer_by},
                                  wire::Parts::read,
                                  wall_at});
  if (!event) return event.error();
  const auto ticket = ticket_of(draft, event->capture, *code);
  outbox::tickets::insert(connection, till.journal.ticket_keys(), ticket);
  std::optional<wire::TicketUpdate> standing;  // the server has not heard of it
  if (request.settlement) {
    if (auto settled = write_settlement(connection, till, keys, draft, ticket_id); !settled)
      return settled.error();
    standing = standing_of(connection, draft.settings(), ticket);
  }
  return reply_of(draft.settings(), *code,
                  {ticket, event->capture.event_id.str(), domain::bytes_view(event->digest), request.content,
                   std::move(standing), answer_by});
}

/// A double tap, or a host that never saw the first reply; nothing for a form that is new.
std::optional<Result<std::string>> reply_if_known(Till& till, const settings::Bundle& settings,
                                                  const domain::TicketRequest& request) {
  const auto connection = till.journal.lease();
  const auto ticket =
      outbox::tickets::find_by_form(*connection, till.journal.ticket_keys(), request.form_id->str());
  if (!ticket) return std::nullopt;
  const auto standing = standing_of(*connection, settings, *ticket);
  const bool is_over = standing && settings::is_terminal(standing->state.type);
  if (request.settlement && !is_over)
    return Error{"refused", "the ticket has been made already, and not settled: settle it", "/settlement"};
  return reply_again(*connection, settings, *ticket, request);
}

Error under(const char* pointer, Error error) {
  error.field.insert(0, pointer);
  return error;
}

/// How much of a complaint a manager is shown who has to allow a settlement.
constexpr std::size_t kShownToManager = 120;

Result<void> allow_settlement(const Till& till, const settings::Bundle& bundle,
                              domain::TicketRequest& request) {
  if (!request.settlement) return {};
  if (request.content.ticket.confidential)
    return Error{"contradiction", "what is confidential is not for the store to settle", ""};
  const auto about = domain::truncate_code_points(request.content.ticket.details, kShownToManager);
  return app::allow_settlement(till, bundle, *request.settlement, *request.clerk,
                               domain::redact_card_numbers(about));
}

Result<void> use_spare_prefix(Till& till) {
  if (!outbox::identity::use_spare_prefix(*till.journal.lease())) {
    return Error{"unavailable", "all ticket codes are used up until the server has been reached", {}};
  }
  reload_keys(till);
  return {};
}

Result<std::string> write_with_current_identity(Till& till, const Draft& draft) {
  for (;;) {
    const auto keys = till.keys.get();
    auto written = till.journal.transaction(
        [&](db::Connection& connection) { return write(connection, till, *keys, draft); });
    if (written) return written;
    if (written.error().code == kIdentityChanged) {
      reload_keys(till);
    } else if (written.error().code != "prefix_exhausted") {
      return written;
    } else if (auto switched = use_spare_prefix(till); !switched) {
      return switched.error();
    }
  }
}

}  // namespace

Result<std::string> create_ticket(Till& till, std::string_view bytes) {
  auto parsed = wire::parse_ticket_request(bytes, wire::RequestOrigin::till);
  if (!parsed) return parsed.errors.front();
  auto& request = *parsed.value;
  const auto settings = settings_in_force(till);
  if (!settings) return settings.error();
  const auto& bundle = (*settings)->bundle;
  if (auto again = reply_if_known(till, bundle, request)) return std::move(*again);

  const auto errors = settings::validate_request(bundle.form, request, settings::Screen::till);
  if (!errors.empty()) return errors.front();
  prepare_content(bundle, request.content);
  if (auto allowed = allow_settlement(till, bundle, request); !allowed)
    return under("/settlement", allowed.error());
  request.clerk->name = domain::redact_card_numbers(request.clerk->name);

  auto written = write_with_current_identity(till, {request, **settings, till.host.training_mode()});
  if (written) till.wake.new_capture();
  return written;
}

}  // namespace ccms::plugin::app
