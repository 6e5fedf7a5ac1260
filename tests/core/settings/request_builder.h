#pragma once

#include "core/domain/ticket.h"

/// Requests for tests.
namespace ccms::settings::testing {

/// A complaint about a looked-up purchase that the sample chain accepts.
inline domain::TicketRequest good_request() {
  domain::TicketRequest request;
  domain::TicketContent& content = request.content;
  content.kind = domain::TicketKind::complaint;
  content.language = "en";
  content.ticket.category = domain::CategoryId("defective");
  content.ticket.details = "The kettle leaks.";
  content.ticket.consent_to_contact = true;
  content.complainant.kind = domain::ComplainantKind::contact;
  content.complainant.name = "Mia Hansen";
  content.proof.kind = domain::ProofKind::looked_up;
  content.transaction.emplace();
  content.transaction->id = "R-1";
  content.transaction->store = domain::StoreId("S001");
  return request;
}

inline void set_custom(domain::TicketRequest& request, const char* field, domain::CustomValue value) {
  request.content.ticket.custom[domain::FieldId(field)] = std::move(value);
}

}  // namespace ccms::settings::testing
