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
  /// How long the key would have to wait.
  std::chrono::milliseconds wait(LoginThrottle& throttle, const std::string& key,
                                 LoginThrottle::Instant now) {
    const auto wait = throttle.begin(key, now);
    if (wait.count() == 0) throttle.withdrawn(key);
    return wait;
  }
  std::chrono::milliseconds wait(const std::string& key = "mia") { return wait(throttle_, key, now_); }

  LoginThrottle throttle_;
  LoginThrottle::Instant now_{seconds(1795300000)};
};

TEST_F(LoginThrottleTest, AFewMistakesAreFree) {
  fail(4);
  EXPECT_EQ(wait().count(), 0);
}

TEST_F(LoginThrottleTest, PausesDoubleUpToTheLongest) {
  fail(5);
  EXPECT_EQ(wait(), seconds(10));
  fail(1);
  EXPECT_EQ(wait(), seconds(20));
  fail(50);
  EXPECT_EQ(wait(), seconds(900));
}

TEST_F(LoginThrottleTest, OthersAreNotHeldUp) {
  fail(9);
  EXPECT_EQ(wait("ben").count(), 0);
}

TEST_F(LoginThrottleTest, SuccessAndAQuietSpellForgive) {
  fail(9);
  throttle_.succeeded("mia");
  EXPECT_EQ(wait().count(), 0);
  fail(9);
  now_ += seconds(2000);
  fail(1);
  EXPECT_EQ(wait().count(), 0);
}

TEST_F(LoginThrottleTest, ManyAtOnceAreNoMoreTriesThanOneAfterTheOther) {
  int begun = 0;
  for (int i = 0; i < 20; ++i) begun += throttle_.begin("mia", now_).count() == 0 ? 1 : 0;
  EXPECT_EQ(begun, 5);
  fail(begun);
  EXPECT_EQ(wait(), seconds(10));
}

TEST_F(LoginThrottleTest, AfterThePauseThereIsOneTryAtATime) {
  fail(5);
  now_ += seconds(10);
  EXPECT_EQ(throttle_.begin("mia", now_).count(), 0);
  EXPECT_EQ(throttle_.begin("mia", now_), seconds(1));
  fail(1);
  EXPECT_EQ(wait(), seconds(20));
}

TEST_F(LoginThrottleTest, AWithdrawnTryLeavesNothingBehind) {
  fail(4);
  EXPECT_EQ(throttle_.begin("mia", now_).count(), 0);
  throttle_.withdrawn("mia");
  EXPECT_EQ(wait().count(), 0);
  fail(1);
  EXPECT_EQ(wait(), seconds(10));
}

TEST_F(LoginThrottleTest, ASuccessLeavesTheOthersThatAreUnderWayCounted) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(throttle_.begin("mia", now_).count(), 0);
  throttle_.succeeded("mia");
  EXPECT_EQ(throttle_.begin("mia", now_).count(), 0);
  EXPECT_EQ(throttle_.begin("mia", now_), seconds(1));
}

TEST_F(LoginThrottleTest, ItNeverGrowsWithoutBound) {
  LoginThrottle::Limits limits;
  limits.most_keys = 3;
  limits.free_failures = 1;
  LoginThrottle small(limits);
  for (int i = 0; i < 100; ++i) small.failed("user" + std::to_string(i), now_ + seconds(i));
  EXPECT_EQ(wait(small, "user0", now_).count(), 0);
  EXPECT_GT(wait(small, "user99", now_ + seconds(99)).count(), 0);
}

}  // namespace
}  // namespace ccms::server
