#include "server/http/resources/ticket_precondition.h"

#include <nlohmann/json.hpp>

#include "core/domain/ticket_code.h"
#include "server/http/problem.h"
#include "server/http/resources/ticket_view.h"
#include "server/links/linked_tickets.h"

namespace ccms::server {

using domain::Error;

std::optional<Response> refuse_stale(const Request& request, const TicketRecord& ticket) {
  const auto if_match = request.header("If-Match");
  if (!if_match) return std::nullopt;
  const auto wanted = version_asked_for(*if_match);
  if (!wanted || *wanted == ticket.version) return std::nullopt;
  return problem(412, Error{"version_mismatch", "the ticket has changed since you read it", ""})
      .with_header("ETag", version_etag(ticket.version));
}

Response merged_refusal(db::Connection& connection, const Principal& principal, const TicketRecord& merged,
                        const std::string& field) {
  const auto answering = answering_ticket(connection, principal, merged);
  const auto code = answering ? domain::TicketCode::parse(answering->code) : domain::TicketCode();
  const std::string which = answering && code ? code->display() : "another one";
  const Error error{"ticket_merged", "the ticket was merged into " + which, field};
  if (!answering) return problem(409, error);
  return problem(409, error, {{"merged_into", answering->code}});
}

}  // namespace ccms::server
