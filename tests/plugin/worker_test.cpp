// The worker's thread beside the UI thread, for the thread sanitizer above all.
#include "plugin/sync/worker.h"

#include <gmock/gmock.h>

#include <thread>

#include "tests/plugin/till_fixture.h"
#include "tests/support/services/wait_until.h"

namespace ccms::test {
namespace {

using namespace std::chrono_literals;

TEST(WakeSignal, lets_a_pausing_worker_sleep_when_there_is_a_new_capture) {
  plugin::app::WakeSignal signal;
  EXPECT_TRUE(signal.new_capture()) << "a busy worker looks again";
  EXPECT_FALSE(signal.wait_for(1h, true).stopped) << "at once";

  int turns = 0;
  std::thread worker([&] {
    while (!signal.wait_for(1h, true).stopped) ++turns;
  });
  while (signal.new_capture()) std::this_thread::yield();  // until it sleeps
  const int before_stop = turns;
  EXPECT_FALSE(signal.new_capture());
  signal.stop();
  worker.join();
  EXPECT_EQ(turns, before_stop);
}

class WorkerTest : public TillTest {
 protected:
  WorkerTest() : worker((enrol(), till()), api, run->engine) {}
  bool wait_until_sent() {
    return wait_until([&] { return status().at("queue_depth") == 0; }, 20s);
  }
  plugin::sync::Worker worker;
};

TEST_F(WorkerTest, sends_while_the_clerk_goes_on) {
  worker.start();
  for (int i = 0; i < 50; ++i) create();
  EXPECT_TRUE(wait_until_sent());
  worker.stop();
  EXPECT_EQ(server.captures().size(), 50U);
}

TEST_F(WorkerTest, sends_what_was_made_while_it_was_stopped) {
  create();
  worker.start();
  EXPECT_TRUE(wait_until_sent());
  worker.stop();
  create();
  worker.start();
  EXPECT_TRUE(wait_until_sent());
  worker.stop();
}

TEST_F(WorkerTest, goes_on_when_the_host_says_that_the_network_is_back) {
  api.plan = [refused = 0]() mutable { return refused++ < 3 ? Fault::refuse : Fault::none; };
  create();
  worker.start();
  EXPECT_TRUE(wait_until(
      [&] {
        till().wake.try_now();
        return status().at("queue_depth") == 0;
      },
      20s));
  worker.stop();
}

TEST_F(WorkerTest, starts_and_stops_at_any_moment) {
  for (int i = 0; i < 30; ++i) {
    create();
    worker.start();
    worker.stop();
  }
  worker.start();
  EXPECT_TRUE(wait_until_sent());
  worker.stop();
  EXPECT_EQ(server.captures().size(), 30U);
}

}  // namespace
}  // namespace ccms::test
