#include "server/jobs/job_runner.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace ccms::server {
namespace {

void count_failures(Metrics& metrics, const Job& job, std::int64_t failures) {
  metrics.count("ccms_job_failures_total", "job=\"" + std::string(job.name()) + "\"", failures);
}

}  // namespace

JobRunner::JobRunner(const Services& services, std::vector<std::unique_ptr<Job>> jobs)
    : services_(services), jobs_(std::move(jobs)) {}

JobRunner::~JobRunner() { stop(); }

void JobRunner::start() {
  for (const auto& job : jobs_) {
    count_failures(services_.metrics, *job, 0);  // an alarm on the rate sees the first failure, too
    job->stop_with(stop_.get_token());
    threads_.emplace_back([this, &job = *job] { run(job); });
  }
}

void JobRunner::stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_.request_stop();
  }
  stopping_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void JobRunner::run(Job& job) {
  std::unique_lock lock(mutex_);
  while (!stop_.stop_requested()) {
    lock.unlock();
    const std::size_t done = run_guarded(job);
    lock.lock();
    if (done == 0) stopping_.wait_for(lock, job.interval(), [this] { return stop_.stop_requested(); });
  }
}

std::size_t JobRunner::run_guarded(Job& job) {
  try {
    return job.run_once(services_.clock.now());
  } catch (const std::exception& error) {
    count_failures(services_.metrics, job, 1);
    services_.log.error("job_failed", {{"job", job.name()}, {"error", error.what()}});
    return 0;
  }
}

}  // namespace ccms::server
