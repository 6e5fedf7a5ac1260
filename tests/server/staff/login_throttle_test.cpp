#include "server/staff/login_throttle.h"

#include <gtest/gtest.h>

namespace ccms::server {
namespace {

using std::chrono::seconds;

class LoginThrottleTest : public testing::Test {
 protected:
  void fail(int times, const std::string& key = "mia") {
    for (int i = 0; i < times; ++i) throttle_.failed(key, now_);
  }
  LoginThrottle throttle_;
  LoginThrottle::Instant now_{seconds(1795300000)};
};

TEST_F(LoginThrottleTest, AFewMistakesAreFree) {
  fail(4);
  EXPECT_EQ(throttle_.wait_for("mia", now_).count(), 0);
}

TEST_F(LoginThrottleTest, PausesDoubleUpToTheLongest) {
  fail(5);
  EXPECT_EQ(throttle_.wait_for("mia", now_), seconds(10));
  fail(1);
  EXPECT_EQ(throttle_.wait_for("mia", now_), seconds(20));
  fail(50);
  EXPECT_EQ(throttle_.wait_for("mia", now_), seconds(900));
}

TEST_F(LoginThrottleTest, OthersAreNotHeldUp) {
  fail(9);
  EXPECT_EQ(throttle_.wait_for("ben", now_).count(), 0);
}

TEST_F(LoginThrottleTest, SuccessAndAQuietSpellForgive) {
  fail(9);
  throttle_.succeeded("mia");
  EXPECT_EQ(throttle_.wait_for("mia", now_).count(), 0);
  fail(9);
  now_ += seconds(2000);
  fail(1);
  EXPECT_EQ(throttle_.wait_for("mia", now_).count(), 0);
}

TEST_F(LoginThrottleTest, ItNeverGrowsWithoutBound) {
  LoginThrottle::Limits limits;
  limits.most_keys = 3;
  limits.free_failures = 1;
  LoginThrottle small(limits);
  for (int i = 0; i < 100; ++i) small.failed("user" + std::to_string(i), now_ + seconds(i));
  EXPECT_EQ(small.wait_for("user0", now_).count(), 0);
  EXPECT_GT(small.wait_for("user99", now_ + seconds(99)).count(), 0);
}

}  // namespace
}  // namespace ccms::server
