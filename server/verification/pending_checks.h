#pragma once

#include "server/app/services.h"
#include "server/jobs/job.h"
#include "server/ledger/customer_directory.h"
#include "server/verification/check_schedule.h"

namespace ccms::server {

/// Looks again at tickets whose purchase the books did not have, or have anew: books are often a night
/// behind. Run by the job, and at the end of a ledger import.
class PendingChecks final : public Job {
 public:
  PendingChecks(const Services& services, CustomerDirectory& directory)
      : services_(services), directory_(directory) {}

  std::string_view name() const override { return "pending_checks"; }
  std::chrono::milliseconds interval() const override { return std::chrono::minutes(1); }
  /// Returns for how many tickets something else came out; looks at all that are due unless it is stopped.
  /// Throws db::DbError, and what the directory throws.
  std::size_t run_once(Instant now) override;

 private:
  bool check(const std::string& ticket_id, const PublishedSettings& current, Instant now);

  Services services_;
  CustomerDirectory& directory_;
};

}  // namespace ccms::server
