#pragma once

#include "core/workflow/workflow.h"
#include "server/intake/intake.h"
#include "server/store/ticket_events.h"
#include "server/sync/incoming_capture.h"

namespace ccms::server {

/// Turns an accepted capture into what the server keeps: the ticket's row, its history and all that follows.
/// Runs in the batch's transaction and writes nothing when it refuses. A state that changes is an event of
/// its own. A ticket that becomes confidential unbeknown to its till is gone for the till's store. Problems:
/// ticket_id_conflict
/// (/ticket_id), unknown_ticket (/ticket_id): also for a ticket whose `created` was rejected, or of another
/// store, save for comments and goods received on one that is not confidential; nothing_to_hand_over
/// (/ticket_id); what check_settlement() finds; bad_value (/training): done in training mode to a real
/// ticket; too_long, and what settings::validate_request() finds (in /body). Throws db::DbError.
class CaptureProjection {
 public:
  /// `under` are the settings that the capture was made with.
  CaptureProjection(db::Connection& connection, const PublishedSettings& current,
                    const PublishedSettings& under, Instant now)
      : connection_(connection), current_(current), under_(under), now_(now) {}

  /// The ticket as it is afterwards.
  domain::Result<TicketRecord> project(const IncomingCapture& incoming);

 private:
  domain::Result<TicketRecord> create(const IncomingCapture& incoming, const domain::Created& body);
  domain::Result<TicketRecord> change(const IncomingCapture& incoming);
  std::optional<domain::Error> content_problem(const domain::TicketContent& content,
                                               const std::string& pointer) const;
  domain::Result<void> alter(TicketRecord& ticket, const IncomingCapture& incoming) const;
  domain::Result<void> amend(TicketRecord& ticket, const domain::Amended& body) const;
  void enter(TicketRecord& ticket, const settings::State& state) const;
  bool till_knows_confidential(const domain::Capture& capture, const domain::Created& body) const;
  NewEvent note(const TicketRecord& before, TicketRecord& ticket, const IncomingCapture& incoming,
                const std::optional<workflow::Decision>& handed_over);
  void note_state(TicketRecord& ticket, const IncomingCapture& incoming, nlohmann::json data, bool is_public);
  void tell(const TicketRecord& before, const TicketRecord& after, const domain::Capture& capture);

  db::Connection& connection_;
  const PublishedSettings& current_;
  const PublishedSettings& under_;
  const Instant now_;
};

}  // namespace ccms::server
