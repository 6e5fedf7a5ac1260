#pragma once

#include <memory>
#include <string>
#include <vector>

#include "server/app/services.h"
#include "server/jobs/job.h"
#include "server/notify/channels.h"

namespace ccms::server {

/// A dispatcher for each channel, so that a gateway that hangs holds back its own kind of messages alone.
/// `owner` names this process among all; what is passed by reference outlives the jobs.
std::vector<std::unique_ptr<Job>> make_notification_jobs(const Services& services, Channels& channels,
                                                         const std::string& owner);

}  // namespace ccms::server
