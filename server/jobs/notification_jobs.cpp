#include "server/jobs/notification_jobs.h"

#include <random>
#include <utility>

#include "server/jobs/notification_dispatcher.h"

namespace ccms::server {
namespace {

NotificationDispatcher::Options options_with_jitter() {
  NotificationDispatcher::Options options;
  options.jitter = [random = std::mt19937(std::random_device()())]() mutable {
    return static_cast<std::uint32_t>(random());
  };
  return options;
}

}  // namespace

std::vector<std::unique_ptr<Job>> make_notification_jobs(const Services& services, Channels& channels,
                                                         const std::string& owner) {
  std::vector<std::unique_ptr<Job>> jobs;
  for (const char* name : {"sms", "email"}) {
    jobs.push_back(std::make_unique<NotificationDispatcher>(services.database, name, channels.for_name(name),
                                                            services.clock, services.log, services.metrics,
                                                            owner, options_with_jitter()));
  }
  return jobs;
}

}  // namespace ccms::server
