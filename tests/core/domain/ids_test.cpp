#include "core/domain/ids.h"

#include <gtest/gtest.h>

#include <type_traits>
#include <unordered_set>

#include "core/domain/uuid.h"

namespace ccms::domain {
namespace {

static_assert(!std::is_convertible_v<StoreId, TillId> && !std::is_constructible_v<TillId, StoreId>);
static_assert(!std::is_convertible_v<std::string, StoreId>);

TEST(Ids, SettingsIdsFollowTheirFormat) {
  for (const char* text : {"S001", "a", "9", "S001-T1", "a.b_c-d"}) EXPECT_TRUE(StoreId::parse(text)) << text;
  for (const char* text : {"", "-a", "_a", ".a", "a b", "a/b", "\xC3\xBC", "a\n"}) {
    EXPECT_FALSE(StoreId::parse(text)) << text;
  }
  EXPECT_TRUE(StoreId::parse(std::string(64, 'x')));
  EXPECT_FALSE(StoreId::parse(std::string(65, 'x')));
}

TEST(Ids, CompareHashAndOrderByTheirText) {
  EXPECT_EQ(StoreId("a"), StoreId("a"));
  EXPECT_LT(StoreId("a"), StoreId("b"));
  EXPECT_EQ((std::unordered_set<StoreId>{StoreId("a"), StoreId("a"), StoreId("b")}.size()), 2U);
  EXPECT_TRUE(StoreId().empty());
}

TEST(Ids, CustomerIdsAreTextOfAnotherSystem) {
  EXPECT_TRUE(CustomerId::parse("H-1914 \xC3\xBC"));
  EXPECT_TRUE(CustomerId::parse(std::string(200, 'x')));
  for (const std::string& text : {std::string(), std::string(201, 'x'), std::string("a\nb"),
                                  std::string("a\0", 2), std::string("\xFF")}) {
    EXPECT_FALSE(CustomerId::parse(text));
  }
}

TEST(Uuid, MatchesTheExampleOfRfc9562) {
  // Appendix A.6: 2022-02-22T19:22:22Z, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F.
  const UuidEntropy entropy{0x0C, 0xC3, 0x18, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F};
  EXPECT_EQ(make_uuid_v7(from_epoch_ms(0x017F22E279B0), entropy), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

TEST(Uuid, IsWellFormedWhateverTheEntropyAndTime) {
  for (int byte = 0; byte < 256; ++byte) {
    UuidEntropy entropy;
    entropy.fill(static_cast<std::uint8_t>(byte));
    for (std::int64_t ms : {std::int64_t{-5}, std::int64_t{0}, std::int64_t{1'795'300'000'000}}) {
      EXPECT_TRUE(TicketId::parse(make_uuid_v7(from_epoch_ms(ms), entropy)));
    }
  }
}

TEST(Uuid, SortsByTime) {
  const UuidEntropy high{255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
  EXPECT_LT(make_uuid_v7(from_epoch_ms(1'000'000), high),
            make_uuid_v7(from_epoch_ms(1'000'001), UuidEntropy{}));
}

TEST(Uuid, OtherVersionsAndSpellingsAreRefused) {
  for (const char* text :
       {"017f22e2-79b0-4cc3-98c4-dc0c0c07398f", "017F22E2-79B0-7CC3-98C4-DC0C0C07398F",
        "017f22e2-79b0-7cc3-78c4-dc0c0c07398f", "017f22e279b07cc398c4dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", ""}) {
    EXPECT_FALSE(EventId::parse(text)) << text;
  }
}

}  // namespace
}  // namespace ccms::domain
