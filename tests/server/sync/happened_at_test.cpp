#include "server/sync/happened_at.h"

#include <gtest/gtest.h>

namespace ccms::server {
namespace {

using namespace std::chrono_literals;

const Instant kReceipt = domain::from_epoch_ms(1'795'300'000'000);

domain::Capture made(Instant wall_at, const char* boot_id, std::int64_t boot_ms) {
  domain::Capture capture;
  capture.wall_at = wall_at;
  capture.boot_id = boot_id;
  capture.boot_ms = boot_ms;
  return capture;
}

TEST(HappenedAt, TheBootClockCountsWithinOneRunOfTheDevice) {
  // The wall clock was set between capture and sending; the boot clock says ten minutes.
  const auto capture = made(kReceipt - 48h, "boot-a", 1'000);
  const auto happened = happened_at(capture, wire::DeviceClock{kReceipt, "boot-a", 601'000}, kReceipt);
  EXPECT_EQ(happened.at, kReceipt - 10min);
  EXPECT_EQ(happened.clock_offset_ms, std::chrono::milliseconds(48h - 10min).count());
}

TEST(HappenedAt, AfterARestartBothReadingsAreTakenToBeEquallyWrong) {
  const auto capture = made(kReceipt - 48h - 10min, "boot-a", 1'000);
  const auto happened = happened_at(capture, wire::DeviceClock{kReceipt - 48h, "boot-b", 5}, kReceipt);
  EXPECT_EQ(happened.at, kReceipt - 10min);
}

TEST(HappenedAt, NothingHappensAfterItsReceipt) {
  const auto ahead = made(kReceipt + 48h, "boot-a", 1'000);
  EXPECT_EQ(happened_at(ahead, std::nullopt, kReceipt).at, kReceipt);
  EXPECT_EQ(happened_at(ahead, wire::DeviceClock{kReceipt, "boot-b", 5}, kReceipt).at, kReceipt);
}

TEST(HappenedAt, WithoutTheDevicesClocksItsWallClockIsBelieved) {
  const auto happened = happened_at(made(kReceipt - 1h, "boot-a", 1'000), std::nullopt, kReceipt);
  EXPECT_EQ(happened.at, kReceipt - 1h);
  EXPECT_EQ(happened.clock_offset_ms, 0);
}

}  // namespace
}  // namespace ccms::server
