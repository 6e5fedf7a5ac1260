#pragma once

#include <optional>
#include <span>
#include <string>

#include "server/app/services.h"
#include "server/deadlines/escalations.h"
#include "server/deadlines/timer_queue.h"
#include "server/jobs/job.h"

namespace ccms::server {

/// Looks at the tickets whose timers are due: notes breaches, takes the steps of escalation ladders, and sets
/// the next timer. Costs as much as there is due. Any number of processes may run it: tickets' timers are
/// claimed in pages before, for a minute, and what was done is in the ticket's history, which is locked while
/// it is read.
class Timers final : public Job {
 public:
  explicit Timers(const Services& services) : services_(services) {}

  std::string_view name() const override { return "timers"; }
  std::chrono::milliseconds interval() const override { return std::chrono::seconds(1); }
  std::size_t run_once(Instant now) override;

 private:
  void look_guarded(const EscalationAudience& audience, std::span<const DueTimer> timers);
  /// In one transaction. Returns what is wrong with one of the tickets; nothing was done then.
  std::optional<std::string> look_together(const EscalationAudience& audience,
                                           std::span<const DueTimer> timers);

  const Services& services_;
};

}  // namespace ccms::server
