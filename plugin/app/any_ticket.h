#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "plugin/app/action.h"

namespace ccms::plugin::app {

// The parts of an action on a ticket wherever it was made.

template <class Body>
struct AnyTicketRequest {
  ActionCommon common;
  Body body;
};

template <class Body>
wire::Parsed<AnyTicketRequest<Body>> parse_any(std::string_view bytes,
                                               Body (*read_body)(wire::ObjectReader&)) {
  using Request = AnyTicketRequest<Body>;
  return wire::read_document(bytes, [read_body](const wire::Node& node) {
    return wire::read_object<Request>(node, [read_body](wire::ObjectReader& object, Request& request) {
      request.common = read_action_common(object);
      request.body = read_body(object);
    });
  });
}

/// What is known of the ticket: all of one of our own, else its id.
struct Target {
  std::shared_ptr<const TillSettings> settings;
  std::optional<OwnTicket> own;
  std::string ticket_id;
};

/// Errors: "not_found" for a code of a ticket that this till has not made, and those of settings_in_force().
domain::Result<Target> find_target(Till& till, const TicketName& name);
/// The same for what may be done in the ticket's own stores alone; "refused" for a ticket of another one.
domain::Result<Target> find_target_of_store(Till& till, const TicketName& name);

/// The server knows best (another till may have acted): only what it has closed is known to be over.
bool is_known_to_be_over(const Till& till, const std::string& ticket_id);

domain::Result<domain::Capture> record_on(Till& till, const Target& target, const domain::Clerk& clerk,
                                          domain::CaptureBody body);

}  // namespace ccms::plugin::app
