#include "core/domain/encoding.h"

#include <gtest/gtest.h>

#include <random>

namespace ccms::domain {
namespace {

std::string random_bytes(std::mt19937& random, std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(random());
  return bytes;
}

TEST(Encoding, KnownAnswersOfRfc4648) {
  EXPECT_EQ(base64_encode(""), "");
  EXPECT_EQ(base64_encode("f"), "Zg==");
  EXPECT_EQ(base64_encode("fo"), "Zm8=");
  EXPECT_EQ(base64_encode("foo"), "Zm9v");
  EXPECT_EQ(base64_encode("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64_encode("\xFB\xFF"), "+/8=");
  EXPECT_EQ(hex_encode(std::string("\x00\xFF\x1a", 3)), "00ff1a");
}

TEST(Encoding, EveryLengthIsReadBack) {
  std::mt19937 random(64);
  for (std::size_t size = 0; size < 200; ++size) {
    const std::string bytes = random_bytes(random, size);
    EXPECT_EQ(base64_decode(base64_encode(bytes)), bytes);
    EXPECT_EQ(hex_decode(hex_encode(bytes)), bytes);
  }
}

TEST(Encoding, SecondSpellingsOfTheSameBytesAreRefused) {
  for (const char* text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z===", "====", "=", "Zm9v\n",
                           "Zm9v Zg==", "Zg==Zg==", "-_8=", "Zm9v=", "\xC3\xA9=="}) {
    EXPECT_FALSE(base64_decode(text)) << text;
  }
  for (const char* text : {"0", "0g", "FF", " 0", "0x"}) EXPECT_FALSE(hex_decode(text)) << text;
}

TEST(Encoding, ArraysTakeTheirOwnSizeAlone) {
  EXPECT_EQ((to_array<3>("abc")), (std::array<std::uint8_t, 3>{'a', 'b', 'c'}));
  EXPECT_FALSE(to_array<3>("ab"));
  EXPECT_FALSE(to_array<3>("abcd"));
  const std::array<std::uint8_t, 2> bytes{0xFF, 'x'};
  EXPECT_EQ(bytes_view(bytes), "\xFFx");
}

}  // namespace
}  // namespace ccms::domain
