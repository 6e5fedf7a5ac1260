#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "server/app/services.h"
#include "server/deadlines/escalations.h"
#include "server/deadlines/timer_queue.h"
#include "server/jobs/job.h"

namespace ccms::server {

/// Looks at the tickets whose timers are due: notes breaches, takes the steps of escalation ladders, and sets
/// the next timer. Costs as much as there is due. Any number of processes may run it: tickets' timers are
/// claimed in pages before, for a minute, and what was done is in the ticket's history, which is locked while
/// it is read. Goes by the version that the database has in force then, be this process the last to hear of
/// it.
class Timers final : public Job {
 public:
  explicit Timers(const Services& services) : services_(services) {}

  std::string_view name() const override { return "timers"; }
  std::chrono::milliseconds interval() const override { return std::chrono::seconds(1); }
  std::size_t run_once(Instant now) override;

 private:
  /// What is done goes by: the version in force, and people as they stand under it.
  struct Today {
    std::shared_ptr<const PublishedSettings> in_force;
    std::vector<StaffMember> staff;
  };

  void bring_up_to(std::int64_t version, db::Connection& connection, Today& today);
  void look_guarded(Today& today, std::span<const DueTimer> timers);
  /// In one transaction. Returns what is wrong with one of the tickets; nothing was done then.
  std::optional<std::string> look_together(Today& today, std::span<const DueTimer> timers);

  const Services& services_;
};

}  // namespace ccms::server
