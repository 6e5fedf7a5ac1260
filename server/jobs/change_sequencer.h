#pragma once

#include <string>

#include "core/db/database.h"
#include "server/jobs/job.h"

namespace ccms::server {

/// Gives the rows of the change feed their numbers. Only committed rows are seen here, so a reader that
/// follows the numbers never misses one that was committed late, as it would with a counter taken while
/// writing. One process at a time does it, under a lease.
class ChangeSequencer final : public Job {
 public:
  /// `owner` names this process among all.
  ChangeSequencer(db::Database& database, std::string owner);

  std::string_view name() const override { return "change_sequencer"; }
  std::chrono::milliseconds interval() const override { return std::chrono::milliseconds(200); }
  std::size_t run_once(Instant now) override;

 private:
  db::Database& database_;
  const std::string owner_;
};

}  // namespace ccms::server
