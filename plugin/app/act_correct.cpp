#include "plugin/app/act_correct.h"

#include <nlohmann/json.hpp>

#include "core/settings/form.h"
#include "core/wire/capture.h"
#include "core/wire/ticket_json.h"
#include "core/wire/ticket_reader.h"
#include "plugin/app/action.h"
#include "plugin/app/event_body.h"
#include "plugin/app/refused_events.h"
#include "plugin/app/settlement.h"
#include "plugin/outbox/capture_table.h"
#include "plugin/outbox/failure_table.h"

namespace ccms::plugin::app {
namespace {

using domain::Error;
using domain::Result;
using nlohmann::ordered_json;

struct CorrectRequest {
  std::string action;
  domain::EventId event_id;
  domain::TicketId ticket_id;
  domain::Clerk clerk;
  std::string language;
};

/// The members that say what is to be corrected; the rest depends on the event's type.
void read_head(wire::ObjectReader& object, CorrectRequest& request) {
  object.optional("action", request.action, wire::short_text);
  object.required("event_id", request.event_id, wire::id<domain::EventId>);
  object.optional("ticket_id", request.ticket_id, wire::id<domain::TicketId>);
  object.required("clerk", request.clerk, wire::read_clerk);
  object.optional("language", request.language, wire::language_tag);
  read_print_wishes(object);
}

CorrectRequest read_head_only(const wire::Node& node) {
  return wire::read_object<CorrectRequest, wire::UnknownMembers::passed_over>(node, read_head);
}

/// Reads a whole request whose further members become `Body`.
template <class Body, class ReadBody>
Result<domain::CaptureBody> read_body(std::string_view bytes, ReadBody read) {
  const auto parsed = wire::read_document(bytes, [&](const wire::Node& node) {
    return wire::read_object<Body>(node, [&](wire::ObjectReader& object, Body& body) {
      CorrectRequest head;
      read_head(object, head);
      body = read(object);
    });
  });
  if (!parsed) return parsed.errors.front();
  return domain::CaptureBody(*parsed);
}

domain::Amended read_amended(wire::ObjectReader& object) {
  domain::Amended body;
  object.required("changes", body.changes, wire::read_content_changes);
  object.optional("reason", body.reason, wire::short_text);
  return body;
}

domain::Withdrawn read_withdrawn(wire::ObjectReader& object) {
  domain::Withdrawn body;
  object.optional("reason", body.reason, wire::short_text);
  return body;
}

/// A refused event with all that is needed to replace it.
struct Refused {
  outbox::captures::Standing standing;
  domain::Capture capture;
  std::optional<OwnTicket> own;
};

Result<Refused> find_refused(Till& till, const CorrectRequest& request) {
  std::optional<outbox::captures::Standing> standing;
  std::string bytes;
  {
    const auto connection = till.journal.lease();
    standing = outbox::captures::find(*connection, request.event_id.str());
    bytes = outbox::captures::bytes(*connection, request.event_id.str());
  }
  if (!standing) return Error{"not_found", "this till has made no such event", "/event_id"};
  if (standing->state != "quarantined") return Error{"refused", "this event was not rejected", "/event_id"};
  const auto capture = wire::parse_capture(bytes);
  if (!capture) return Error{"storage", "the event in the journal is damaged", {}};
  Refused refused{*standing, *capture, {}};
  if (auto own = own_ticket(till, {standing->ticket_id, {}})) refused.own = std::move(own).value();
  return refused;
}

/// The ticket's request with the members of the correction put in their places.
Result<domain::TicketRequest> corrected_content(const Till& till, const Refused& refused,
                                                std::string_view bytes) {
  auto original = content_of(refused.own->ticket);
  if (!original) return original;
  auto merged = wire::to_json(*original);
  const auto given = ordered_json::parse(bytes);
  for (const auto& [name, value] : given.items()) {
    if (name == "action" || name == "event_id" || name == "ticket_id" || name == "language") continue;
    if (name == "ticket") {
      merged[name].merge_patch(value);
    } else {
      merged[name] = value;
    }
  }
  auto parsed = wire::parse_ticket_request(merged.dump(), wire::RequestOrigin::till);
  if (!parsed) return parsed.errors.front();
  if (parsed.value->settlement)
    return Error{"unknown_field", "the settlement is an event of its own, and is corrected as such",
                 "/settlement"};
  const auto settings = settings_in_force(till);
  if (!settings) return settings.error();
  const auto errors = settings::validate_request((*settings)->bundle.form, *parsed, settings::Screen::till);
  if (!errors.empty()) return errors.front();
  prepare_content((*settings)->bundle, parsed.value->content);
  return std::move(*parsed.value);
}

/// What a manager has approved stays approved when the server wants it put differently.
template <class Body>
Result<domain::CaptureBody> with_approval(const Refused& refused, Result<domain::CaptureBody> corrected) {
  if (corrected) std::get<Body>(*corrected).approved_by = std::get<Body>(refused.capture.body).approved_by;
  return corrected;
}

/// What a manager has approved is what the customer gets: something else has to be asked for anew.
Result<domain::CaptureBody> corrected_settlement(const Till& till, const Refused& refused,
                                                 const domain::Clerk& clerk, std::string_view bytes) {
  auto corrected = read_body<domain::Settled>(bytes, wire::read_settlement);
  if (!corrected) return corrected;
  auto& settled = std::get<domain::Settled>(*corrected);
  const auto& former = std::get<domain::Settled>(refused.capture.body);
  if (!settled.approved_by && settled.remedy == former.remedy) settled.approved_by = former.approved_by;
  const auto& about = refused.own ? refused.own->ticket.code : refused.standing.ticket_id;
  const auto settings = till.settings.get();
  if (auto allowed = allow_settlement(till, settings->bundle, settled, clerk, about); !allowed)
    return allowed.error();
  return corrected;
}

Result<domain::CaptureBody> corrected_event(const Till& till, const Refused& refused,
                                            const domain::Clerk& clerk, std::string_view bytes) {
  switch (refused.capture.type()) {
    case domain::CaptureType::amended:
      return with_approval<domain::Amended>(refused, read_body<domain::Amended>(bytes, read_amended));
    case domain::CaptureType::withdrawn:
      return with_approval<domain::Withdrawn>(refused, read_body<domain::Withdrawn>(bytes, read_withdrawn));
    case domain::CaptureType::commented:
      return read_body<domain::Commented>(bytes, read_comment);
    case domain::CaptureType::goods_received:
      return read_body<domain::GoodsReceived>(bytes, read_goods_received);
    case domain::CaptureType::handed_over:
      return read_body<domain::HandedOver>(bytes, read_handed_over);
    case domain::CaptureType::settled:
      return corrected_settlement(till, refused, clerk, bytes);
    case domain::CaptureType::created:
      break;
  }
  return Error{"internal", "a created event is corrected by its ticket", {}};
}

/// What the server knows of the event that is replaced: nothing of one that never went up, as the disk had
/// changed it.
std::optional<domain::Digest> refused_digest(Till& till, const outbox::captures::Standing& refused) {
  const auto failure = outbox::failures::find(*till.journal.lease(), refused.event_id);
  if (failure && failure->problem.code == outbox::failures::kDamaged) return std::nullopt;
  return domain::to_array<32>(refused.digest);
}

Result<domain::Capture> replace(Till& till, const Refused& refused, const domain::Clerk& clerk,
                                domain::CaptureBody body, const domain::TicketRequest* content) {
  EventDraft draft{refused.capture.ticket_id,
                   clerk,
                   refused.capture.settings_version,
                   refused.capture.training,
                   refused_digest(till, refused.standing),
                   std::move(body)};
  if (const auto settings = till.settings.get()) draft.settings_version = settings->bundle.settings_version;
  return record_event(till, draft, [&](db::Connection& connection, const domain::Capture&) {
    put_aside(connection, refused.standing.event_id);
    if (content != nullptr) {
      auto ticket = refused.own->ticket;
      ticket.content = wire::to_json(*content).dump();
      ticket.purchase = outbox::tickets::purchase_key(content->content);
      ticket.confidential = content->content.ticket.confidential;
      outbox::tickets::set_content(connection, till.journal.ticket_keys(), ticket);
      reissue_followers(till, connection, refused.standing.ticket_id);
    }
    outbox::tickets::refresh_delivery(connection, refused.standing.ticket_id);
  });
}

Result<std::string> reply(Till& till, const Refused& refused, const CorrectRequest& request,
                          const Result<domain::Capture>& capture, const domain::TicketRequest* content) {
  if (!capture) return capture.error();
  std::optional<ordered_json> slip;
  if (content != nullptr) slip = slip_of(*refused.own, content->content);
  return action_reply(till, till.settings.get()->bundle, capture->event_id.str(), refused.standing.ticket_id,
                      request.language, slip);
}

}  // namespace

Result<std::string> correct(Till& till, std::string_view bytes) {
  const auto head = wire::read_document(bytes, read_head_only);
  if (!head) return head.errors.front();
  if (const auto settings = settings_in_force(till); !settings) return settings.error();
  const auto refused = find_refused(till, *head);
  if (!refused) return refused.error();

  if (const auto* created = std::get_if<domain::Created>(&refused->capture.body);
      created != nullptr && refused->own) {
    const auto content = corrected_content(till, *refused, bytes);
    if (!content) return content.error();
    const auto capture = replace(
        till, *refused, head->clerk,
        domain::Created{created->code, created->form_id, content->content, created->answer_by}, &*content);
    return reply(till, *refused, *head, capture, &*content);
  }
  const auto body = corrected_event(till, *refused, head->clerk, bytes);
  if (!body) return body.error();
  return reply(till, *refused, *head, replace(till, *refused, head->clerk, *body, nullptr), nullptr);
}

}  // namespace ccms::plugin::app
