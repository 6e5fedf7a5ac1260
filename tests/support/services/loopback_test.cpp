#include "tests/support/services/loopback.h"

#include <gtest/gtest.h>

#include <set>

namespace ccms::test {
namespace {

TEST(FreePort, IsNeverGivenTwice) {
  std::set<std::uint16_t> ports;
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(ports.insert(free_port()).second);
}

TEST(FreePort, HasNobodyListening) { EXPECT_FALSE(accepts_connections(free_port())); }

}  // namespace
}  // namespace ccms::test
