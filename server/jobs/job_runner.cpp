#include "server/jobs/job_runner.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace ccms::server {

JobRunner::JobRunner(const Services& services, std::vector<std::unique_ptr<Job>> jobs)
    : services_(services), jobs_(std::move(jobs)) {}

JobRunner::~JobRunner() { stop(); }

void JobRunner::start() {
  for (const auto& job : jobs_) threads_.emplace_back([this, &job = *job] { run(job); });
}

void JobRunner::stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  stopping_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void JobRunner::run(Job& job) {
  std::unique_lock lock(mutex_);
  while (!stop_) {
    lock.unlock();
    const std::size_t done = run_guarded(job);
    lock.lock();
    if (done == 0) stopping_.wait_for(lock, job.interval(), [this] { return stop_; });
  }
}

std::size_t JobRunner::run_guarded(Job& job) {
  try {
    return job.run_once(services_.clock.now());
  } catch (const std::exception& error) {
    services_.metrics.count("ccms_job_failures_total", "job=\"" + std::string(job.name()) + "\"");
    services_.log.error("job_failed", {{"job", job.name()}, {"error", error.what()}});
    return 0;
  }
}

}  // namespace ccms::server
