#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/db/database.h"
#include "server/app/logger.h"
#include "server/app/metrics.h"
#include "server/jobs/job.h"
#include "server/notify/channel.h"
#include "server/notify/retry_schedule.h"

namespace ccms::server {

struct AttemptResult;
struct ClaimedNotification;

/// Sends the messages of the outbox that go by one channel. A message is leased, handed to its channel with
/// no transaction open unless it was cancelled meanwhile, and then marked; a crash in between sends it again
/// under the same id. A run that is stopped gives back what it has not begun. Those of a digest to one
/// recipient are joined into one. What fails is tried again with growing pauses, and a message that used up
/// its attempts is put aside as dead.
class NotificationDispatcher final : public Job {
 public:
  struct Options {
    RetrySchedule retry;
    std::size_t batch = 20;
    std::chrono::milliseconds lease{300000};
    std::chrono::milliseconds longest_attempt{120000};  ///< with every time-out of a channel reached
    std::function<std::uint32_t()> jitter;              ///< uniform; tests seed it
  };

  /// `owner` names this process among all. What is passed by reference outlives the dispatcher.
  NotificationDispatcher(db::Database& database, std::string channel_name, Channel& channel,
                         const Clock& clock, const Logger& log, Metrics& metrics, std::string owner,
                         Options options);

  std::string_view name() const override { return name_; }
  std::chrono::milliseconds interval() const override { return std::chrono::milliseconds(500); }
  std::size_t run_once(Instant now) override;

 private:
  using Group = std::vector<ClaimedNotification>;

  void attempt(Group group);
  void release_claims();
  void count_attempts(const std::string& result, std::int64_t attempts) const;
  void note(const ClaimedNotification& claimed, const AttemptResult& result) const;

  db::Database& database_;
  const std::string channel_name_;  ///< "sms" or "email"
  const std::string name_;
  Channel& channel_;
  const Clock& clock_;
  const Logger& log_;
  Metrics& metrics_;
  const std::string owner_;
  const Options options_;
};

}  // namespace ccms::server
