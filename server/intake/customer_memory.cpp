#include "server/intake/customer_memory.h"

#include "core/workflow/workflow.h"
#include "server/store/customer_store.h"
#include "server/store/phone_region.h"

namespace ccms::server {
namespace {

bool is_verification(const TicketRecord& ticket, workflow::Verification state) {
  return ticket.verification == domain::to_text(state);
}

bool is_credible(const TicketRecord& ticket) {
  return !ticket.training && !is_verification(ticket, workflow::Verification::mismatch) &&
         !is_verification(ticket, workflow::Verification::rejected);
}

/// How a member asked to be reached: theirs, but perhaps not their only number.
domain::Customer reachable_at(const domain::CustomerId& id, const domain::Complainant& complainant) {
  domain::Customer customer{id, std::nullopt, {}};
  if (complainant.mobile)
    customer.identifiers.push_back({domain::IdentifierType::mobile, *complainant.mobile});
  if (complainant.email) customer.identifiers.push_back({domain::IdentifierType::email, *complainant.email});
  return customer;
}

}  // namespace

void adopt_customer(TicketRecord& ticket, const PurchaseEvidence& evidence) {
  if (ticket.customer_id || !is_verification(ticket, workflow::Verification::verified)) return;
  if (evidence.transaction && evidence.transaction->customer_id)
    ticket.customer_id = evidence.transaction->customer_id->str();
}

void remember_customer(db::Connection& connection, const TicketRecord& ticket,
                       const domain::TicketContent& content, const settings::Settings& settings, Instant at) {
  if (!content.customer || !content.customer->id || !is_credible(ticket)) return;
  const auto region = phone_region_of(settings, ticket.reported_store.value_or(""));
  CustomerStore customers(connection);
  customers.note({*content.customer, at, region, true});
  if (content.complainant.kind != domain::ComplainantKind::member) return;
  customers.note({reachable_at(*content.customer->id, content.complainant), at, region, false});
}

}  // namespace ccms::server
