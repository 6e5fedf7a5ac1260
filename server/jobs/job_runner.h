#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "server/app/services.h"
#include "server/jobs/job.h"

namespace ccms::server {

/// Runs each job on a thread of its own, so that a slow mail server holds up nothing else. start() and stop()
/// are called by the owner's thread; stop() waits for the runs under way,
/// which learn of it.
class JobRunner {
 public:
  JobRunner(const Services& services, std::vector<std::unique_ptr<Job>> jobs);
  ~JobRunner();
  JobRunner(const JobRunner&) = delete;
  JobRunner& operator=(const JobRunner&) = delete;

  void start();
  void stop();

 private:
  void run(Job& job);
  std::size_t run_guarded(Job& job);

  const Services& services_;
  std::vector<std::unique_ptr<Job>> jobs_;
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable stopping_;
  std::stop_source stop_;
};

}  // namespace ccms::server
