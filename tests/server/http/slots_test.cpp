#include "server/http/slots.h"

#include <gtest/gtest.h>

namespace ccms::server {
namespace {

using std::chrono::milliseconds;

TEST(Slots, NoMoreAreGivenThanThereAre) {
  Slots slots(2);
  auto first = slots.take(milliseconds(0));
  const auto second = slots.take(milliseconds(0));
  EXPECT_TRUE(first);
  EXPECT_TRUE(second);
  EXPECT_FALSE(slots.take(milliseconds(1)));
  first.reset();
  EXPECT_TRUE(slots.take(milliseconds(0)));
}

}  // namespace
}  // namespace ccms::server
