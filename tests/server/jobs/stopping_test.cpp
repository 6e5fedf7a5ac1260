#include <gmock/gmock.h>

#include <future>
#include <memory>
#include <thread>
#include <utility>

#include "server/app/services.h"
#include "server/jobs/job_runner.h"
#include "server/settings/settings_store.h"
#include "server/verification/pending_checks.h"
#include "tests/server/support/on_both_backends.h"

namespace ccms::test {
namespace {

using ::testing::HasSubstr;

/// Work without an end.
class EndlessJob final : public server::Job {
 public:
  std::string_view name() const override { return "endless"; }
  std::chrono::milliseconds interval() const override { return std::chrono::hours(1); }
  std::size_t run_once(server::Instant) override {
    began.set_value();
    while (!stopping()) std::this_thread::yield();
    return 1;
  }

  std::promise<void> began;
};

/// Books without a purchase, during whose first look-up the server is told to stop.
class StoppingDirectory final : public server::CustomerDirectory {
 public:
  server::PurchaseEvidence purchase(const std::string&, const std::string&) override {
    ++asked;
    stop.request_stop();
    return {};
  }

  std::size_t asked = 0;
  std::stop_source stop;
};

class StoppingTest : public OnBothBackends {
 protected:
  server::Logger log_ = server::Logger::silent();
  server::Metrics metrics_;
  server::SettingsStore settings_{server.database()};
  server::Services services_{server.database(), server.clock(), settings_, log_, metrics_, server.config()};
};

TEST_P(StoppingTest, EndsARunThatIsUnderWay) {
  auto job = std::make_unique<EndlessJob>();
  auto began = job->began.get_future();
  std::vector<std::unique_ptr<server::Job>> jobs;
  jobs.push_back(std::move(job));
  server::JobRunner runner(services_, std::move(jobs));
  runner.start();
  began.wait();
  EXPECT_THAT(metrics_.text(), HasSubstr("ccms_job_failures_total{job=\"endless\"} 0\n"));
  runner.stop();
}

TEST_P(StoppingTest, LeavesWaitingPurchasesDueForTheNextServer) {
  for (const char* receipt : {"R-1", "R-2", "R-3"})
    till.send_one(transport(), till.sign(till.created(purchase_content(receipt))));
  StoppingDirectory directory;
  server::PendingChecks stopped(services_, directory);
  stopped.stop_with(directory.stop.get_token());
  EXPECT_EQ(stopped.run_once(server.clock().now()), 0U);
  EXPECT_EQ(directory.asked, 1U);
  server::PendingChecks(services_, directory).run_once(server.clock().now());
  EXPECT_EQ(directory.asked, 3U) << "the other two were still due";
}

CCMS_ON_BOTH_BACKENDS(StoppingTest);

}  // namespace
}  // namespace ccms::test
