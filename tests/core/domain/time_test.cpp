#include "core/domain/time.h"

#include <gtest/gtest.h>

#include <random>

namespace ccms::domain {
namespace {

TEST(Rfc3339, WritesUtcWithMilliseconds) {
  EXPECT_EQ(format_rfc3339(from_epoch_ms(0)), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(format_rfc3339(from_epoch_ms(-1)), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(format_rfc3339(from_epoch_ms(1'795'300'759'123)), "2026-11-21T22:39:19.123Z");
}

TEST(Rfc3339, EveryInstantIsReadBack) {
  std::mt19937_64 random(3339);
  for (int i = 0; i < 20'000; ++i) {
    const Instant instant = from_epoch_ms(static_cast<std::int64_t>(random() % 253'402'300'800'000));
    EXPECT_EQ(parse_rfc3339(format_rfc3339(instant)), instant);
  }
  for (const char* text :
       {"0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "2024-02-29T12:00:00.000Z"}) {
    ASSERT_TRUE(parse_rfc3339(text)) << text;
    EXPECT_EQ(format_rfc3339(*parse_rfc3339(text)), text);
    EXPECT_TRUE(is_representable(*parse_rfc3339(text)));
  }
}

TEST(Rfc3339, EverythingElseIsRefused) {
  for (const char* text :
       {"", "2026-11-21", "2026-11-21T22:39:19Z", "2026-11-21T22:39:19.12Z", "2026-11-21T22:39:19.1234Z",
        "2026-11-21T22:39:19.123", "2026-11-21T22:39:19.123+00:00", "2026-11-21t22:39:19.123z",
        "2026-11-21 22:39:19.123Z", "2026-11-21T24:00:00.000Z", "2026-11-21T23:59:60.000Z",
        "2026-11-21T22:60:00.000Z", "2026-02-29T00:00:00.000Z", "2026-13-01T00:00:00.000Z",
        "2026-00-10T00:00:00.000Z", "2026-10-00T00:00:00.000Z", "0000-01-01T00:00:00.000Z",
        "+026-11-21T22:39:19.123Z", "2026-11-21T22:39:19.123Z "}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
}

TEST(Rfc3339, OtherYearsAreNotRepresentable) {
  EXPECT_FALSE(is_representable(from_epoch_ms(INT64_MAX)));
  EXPECT_FALSE(is_representable(from_epoch_ms(INT64_MIN)));
  EXPECT_FALSE(is_representable(*parse_rfc3339("9999-12-31T23:59:59.999Z") + std::chrono::milliseconds(1)));
  EXPECT_FALSE(is_representable(*parse_rfc3339("0001-01-01T00:00:00.000Z") - std::chrono::milliseconds(1)));
}

}  // namespace
}  // namespace ccms::domain
