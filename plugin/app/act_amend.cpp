#include "plugin/app/act_amend.h"

#include <nlohmann/json.hpp>

#include "core/settings/form.h"
#include "core/wire/ticket_json.h"
#include "core/wire/ticket_reader.h"
#include "plugin/app/action.h"
#include "plugin/app/manager_approval.h"
#include "plugin/outbox/capture_table.h"

namespace ccms::plugin::app {
namespace {

struct AmendRequest {
  ActionCommon common;
  domain::ContentChanges changes;
  std::optional<std::string> reason;
};

AmendRequest read(const wire::Node& node) {
  return wire::read_object<AmendRequest>(node, [](wire::ObjectReader& object, AmendRequest& request) {
    request.common = read_action_common(object);
    object.required("changes", request.changes, wire::read_content_changes);
    object.optional("reason", request.reason, wire::short_text);
  });
}

domain::Result<domain::TicketRequest> amended(const OwnTicket& own, const domain::ContentChanges& changes) {
  auto request = content_of(own.ticket);
  if (!request) return request;
  domain::apply(changes, request->content);
  const auto& settings = own.settings->bundle;
  const auto errors = settings::validate_request(settings.form, *request, settings::Screen::till);
  if (!errors.empty()) return domain::Error{errors[0].code, errors[0].message, "/changes" + errors[0].field};
  prepare_content(settings, request->content);
  return request;
}

}  // namespace

domain::Result<std::string> amend(Till& till, std::string_view bytes) {
  auto parsed = wire::read_document(bytes, read);
  if (!parsed) return parsed.errors.front();
  auto& request = *parsed.value;
  auto own = own_ticket(till, request.common.name);
  if (!own) return own.error();
  if (auto allowed = check_change_allowed(till, *own, request.reason); !allowed) return allowed.error();
  if (outbox::captures::refused_creation(*till.journal.lease(), own->ticket.ticket_id.str())) {
    return domain::Error{"refused", "the server has refused this ticket: correct it instead", "/ticket_id"};
  }
  const auto content = amended(*own, request.changes);
  if (!content) return content.error();
  const auto approval = approval_of_late_change(till, *own, request.reason);
  if (!approval) return approval.error();

  const auto capture = record_event(
      till, draft_on(*own, request.common.clerk, domain::Amended{request.changes, request.reason, *approval}),
      [&](db::Connection& connection, const domain::Capture&) {
        auto changed = own->ticket;
        changed.content = wire::to_json(*content).dump();
        changed.purchase = outbox::tickets::purchase_key(content->content);
        changed.confidential = content->content.ticket.confidential;
        outbox::tickets::set_content(connection, till.journal.ticket_keys(), changed);
        outbox::tickets::refresh_delivery(connection, changed.ticket_id.str());
      });
  if (!capture) return capture.error();
  return action_reply(till, own->settings->bundle, capture->event_id.str(), own->ticket.ticket_id.str(),
                      request.common.language, slip_of(*own, content->content));
}

}  // namespace ccms::plugin::app
