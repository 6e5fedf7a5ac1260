#include "server/notify/retry_schedule.h"

#include <gtest/gtest.h>

namespace ccms::server {
namespace {

constexpr std::uint32_t kMost = 0xffffffff;

TEST(RetrySchedule, PausesDoubleUpToTheLongest) {
  const RetrySchedule schedule;
  EXPECT_EQ(schedule.pause(1, kMost), std::chrono::seconds(5));
  EXPECT_EQ(schedule.pause(2, kMost), std::chrono::seconds(10));
  EXPECT_EQ(schedule.pause(100, kMost), std::chrono::minutes(15));
}

TEST(RetrySchedule, JitterNeverMakesAPauseVanish) {
  const RetrySchedule schedule;
  EXPECT_EQ(schedule.pause(1, 0), std::chrono::milliseconds(500));
  EXPECT_GT(schedule.pause(1, kMost / 2), schedule.pause(1, 0));
}

}  // namespace
}  // namespace ccms::server
