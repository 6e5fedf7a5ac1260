#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/domain/time.h"
#include "server/deadlines/ticket_history.h"
#include "server/store/ticket_record.h"
#include "server/what_if/candidate.h"

/// What would have become of a ticket under other settings. Pure.
namespace ccms::server {

/// A ticket as it is, with what happened to it.
struct TicketStory {
  TicketRecord ticket;
  std::vector<HistoryEntry> history;
};

/// A step of a ladder that would have been taken.
struct ReplayedStep {
  workflow::StepKey key;
  domain::Instant at;
  domain::Instant message_at;                      ///< later than `at` in quiet hours, or with a digest
  const settings::EscalationStep* what = nullptr;  ///< into the candidate
};

/// Something of a ticket that the candidate does not know.
struct Lacking {
  std::string field;  ///< category, store, state, priority, department, or custom.ID
  std::string value;  ///< its id

  auto operator<=>(const Lacking&) const = default;
};

struct Replayed {
  std::optional<std::string> department, priority;  ///< as it was routed last; absent: not routed yet
  // The deadline that counted last, while its clock ran; absent: there was none.
  std::optional<domain::Instant> first_response_by, answer_by;
  // The first breach on that clock.
  std::optional<domain::Instant> first_response_breached_at, resolution_breached_at;
  std::vector<ReplayedStep> steps;  ///< by moment
  std::vector<Lacking> lacking;     ///< in order, each once
};

/// Lets the ticket come in under the candidate and have its people do what they did, when they did it:
/// routing, deadlines, breaches and ladders are the candidate's, and only they. A state means what the
/// candidate says, where it knows it. Until `now`, or until the ticket was withdrawn.
Replayed replay(const TicketStory& story, const Candidate& candidate, domain::Instant now);

}  // namespace ccms::server
