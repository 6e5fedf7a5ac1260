#include "plugin/app/create_ticket.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "core/crypto/random.h"
#include "core/domain/card_redaction.h"
#include "core/domain/encoding.h"
#include "core/settings/form.h"
#include "core/wire/ticket_json.h"
#include "plugin/app/event_writer.h"
#include "plugin/app/new_id.h"
#include "plugin/app/settings_in_force.h"
#include "plugin/app/slip.h"
#include "plugin/app/ticket_state.h"
#include "plugin/outbox/form_table.h"
#include "plugin/outbox/ticket_table.h"

namespace ccms::plugin::app {
namespace {

using domain::Error;
using domain::Result;
using domain::TicketCode;

/// Everything that one attempt to write needs and that no retry changes.
struct Draft {
  const domain::TicketRequest& request;
  const settings::Bundle& settings;
  bool training = false;
};

Result<TicketCode> make_code(const TillKeys& keys, std::int64_t number) {
  const auto random = crypto::random_array<2>();
  return TicketCode::make(keys.prefix, static_cast<std::uint32_t>(number),
                          static_cast<std::uint16_t>(random[0] << 8U | random[1]), keys.code_secret);
}

Result<void> check_duplicate(db::Connection& connection, const Draft& draft) {
  const auto purchase = outbox::tickets::purchase_key(draft.request.content);
  if (draft.request.accept_duplicate || !purchase) return {};
  const auto open = outbox::tickets::find_open_on_purchase(connection, *purchase, draft.training);
  if (!open) return {};
  const auto code = TicketCode::parse(open->code);
  return Error{"duplicate_suspected",
               "there is an open ticket on this purchase: " + (code ? code->display() : open->code),
               "/transaction"};
}

std::string reply_of(const Draft& draft, const WrittenEvent& event, const TicketCode& code) {
  const auto& capture = event.capture;
  const auto& content = draft.request.content;
  return nlohmann::ordered_json{
      {"ticket_id", capture.ticket_id.str()},
      {"code", code.display()},
      {"event_id", capture.event_id.str()},
      {"capture_sha256", domain::hex_encode(domain::bytes_view(event.digest))},
      {"created_at", domain::format_rfc3339(capture.wall_at)},
      {"state", state_json(draft.settings, std::nullopt, content.language)},
      {"delivery", "unsent"},
      {"slip", make_slip(draft.settings, {code, content, capture.wall_at, draft.training, nullptr})}}
      .dump();
}

void insert_ticket(db::Connection& connection, const Draft& draft, const domain::Capture& capture,
                   const TicketCode& code) {
  outbox::tickets::Ticket ticket;
  ticket.ticket_id = capture.ticket_id;
  ticket.code = code.str();
  ticket.created_at = capture.wall_at;
  ticket.settings_version = draft.settings.settings_version;
  ticket.confidential = draft.request.content.ticket.confidential;
  ticket.training = draft.training;
  ticket.purchase = outbox::tickets::purchase_key(draft.request.content);
  ticket.content = wire::to_json(draft.request).dump();
  outbox::tickets::insert(connection, ticket);
}

Result<std::string> write(db::Connection& connection, const Till& till, const TillKeys& keys,
                          const Draft& draft) {
  if (auto checked = check_duplicate(connection, draft); !checked) return checked.error();
  const auto slot = outbox::identity::take_code(connection, keys.epoch, keys.prefix);
  if (!slot) return identity_changed();
  const auto code = make_code(keys, slot->code);
  if (!code) return code.error();

  const auto& request = draft.request;
  const domain::TicketId ticket_id(new_uuid(till.clock.wall_now()));
  const auto event = write_event(connection, till, keys, slot->seq,
                                 {ticket_id,
                                  *request.clerk,
                                  draft.settings.settings_version,
                                  draft.training,
                                  {},
                                  domain::Created{*code, *request.form_id, request.content}});
  if (!event) return event.error();
  insert_ticket(connection, draft, event->capture, *code);
  auto reply = reply_of(draft, *event, *code);
  outbox::forms::insert(connection, request.form_id->str(), ticket_id.str(), reply);
  return reply;
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
  if (!till.keys.get()) return not_enrolled();
  auto& request = *parsed.value;
  if (auto first = outbox::forms::reply(*till.journal.lease(), request.form_id->str()))
    return std::move(*first);

  const auto settings = settings_in_force(till);
  if (!settings) return settings.error();
  const auto& bundle = (*settings)->bundle;
  const auto errors = settings::validate_request(bundle.form, request, settings::Screen::till);
  if (!errors.empty()) return errors.front();
  prepare_content(bundle, request.content);
  request.clerk->name = domain::redact_card_numbers(request.clerk->name);

  auto written = write_with_current_identity(till, {request, bundle, till.host.training_mode()});
  if (written) till.wake.new_work();
  return written;
}

}  // namespace ccms::plugin::app
