#pragma once

#include "core/db/database.h"
#include "server/jobs/job.h"

namespace ccms::server {

/// Removes what has served its time: ended sessions, used login links, answers kept for repeated requests,
/// and the nonces of tills' requests.
class Cleanup final : public Job {
 public:
  explicit Cleanup(db::Database& database) : database_(database) {}

  std::string_view name() const override { return "cleanup"; }
  std::chrono::milliseconds interval() const override { return std::chrono::minutes(5); }
  std::size_t run_once(Instant now) override;

 private:
  db::Database& database_;
};

}  // namespace ccms::server
