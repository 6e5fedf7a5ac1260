#include "core/domain/text.h"

#include <gtest/gtest.h>

namespace ccms::domain {
namespace {

TEST(Utf8, WellFormedTextIsTaken) {
  for (const char* text : {"", "abc", "\xC3\xBC", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBF",
                           "\xEF\xBF\xBF", "\xED\x9F\xBF", "\xEE\x80\x80"}) {
    EXPECT_TRUE(is_valid_utf8(text)) << text;
  }
}

TEST(Utf8, OverlongSurrogateTruncatedAndStrayBytesAreRefused) {
  for (const char* text : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xED\xA0\x80",
                           "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC3",
                           "\xE2\x82", "\xF0\x9F\x98", "a\xC3z", "\xE2\x82z"}) {
    EXPECT_FALSE(is_valid_utf8(text)) << text;
  }
}

TEST(Utf8, EveryCodePointIsWrittenAndReadBack) {
  for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 97) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, c);
    ASSERT_TRUE(is_valid_utf8(text));
    std::size_t at = 0;
    ASSERT_TRUE(next_code_point(text, at) == c);
    ASSERT_EQ(at, text.size());
  }
}

TEST(Text, IsCountedAndCutInCodePoints) {
  const std::string text = "a\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80z";
  EXPECT_EQ(count_code_points(text), 5U);
  EXPECT_EQ(truncate_code_points(text, 0), "");
  EXPECT_EQ(truncate_code_points(text, 2), "a\xC3\xBC");
  EXPECT_EQ(truncate_code_points(text, 4), "a\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80");
  EXPECT_EQ(truncate_code_points(text, 99), text);
}

TEST(Text, ControlCharactersAreFound) {
  EXPECT_FALSE(has_control_characters("line\n\ttabbed \xC3\xBC"));
  for (const std::string& text : {std::string("\0", 1), std::string("\r"), std::string("\x1B[31m"),
                                  std::string("\x7F"), std::string("\xC2\x80"), std::string("\xC2\x9F")}) {
    EXPECT_TRUE(has_control_characters(text));
  }
  EXPECT_FALSE(has_control_characters("\xC2\xA0"));
}

TEST(Digits, OfEveryScriptBecomeAscii) {
  EXPECT_EQ(digits_only("+49 (0)151-234"), "490151234");
  EXPECT_EQ(digits_only("\u0661\u0662\u0663 \u06F4 \u0967 \uFF19 \U0001D7D8"), "1234190");
  EXPECT_EQ(digits_only("none \u00B2 \u2460"), "");
}

TEST(Masks, ShowJustEnoughToRecogniseSomebody) {
  EXPECT_EQ(mask_mobile("+49 151 1234567"), "\u2022\u2022\u2022\u2022 4567");
  EXPECT_EQ(mask_mobile("123456"), "\u2022\u2022\u2022\u2022");
  EXPECT_EQ(mask_mobile(""), "\u2022\u2022\u2022\u2022");
  EXPECT_EQ(mask_name("Anna Meyer"), "A*** M.");
  EXPECT_EQ(mask_name("  \u00D6zg\u00FCr  de la \u00DCnal "), "\u00D6*** \u00DC.");
  EXPECT_EQ(mask_name("Cher"), "C***");
  EXPECT_EQ(mask_name("\u738B\u5C0F\u660E"), "\u738B***");
  EXPECT_EQ(mask_name(" \u3000"), "");
}

TEST(SearchText, FoldsCaseAccentsAndSpace) {
  EXPECT_EQ(normalise_for_search("  \u00DCnal \t\n \u00C9mile\u00A0STRA\u00DFE "), "unal emile strasse");
  EXPECT_EQ(normalise_for_search("\u0141\u00F3d\u017A \u00C6r\u00F8 \u0152uvre \u0130stanbul"),
            "lodz aero oeuvre istanbul");
  EXPECT_EQ(normalise_for_search("\u041C\u041E\u0421\u041A\u0412\u0410 \u0401\u0436"),
            "\u043C\u043E\u0441\u043A\u0432\u0430 \u0451\u0436");
  EXPECT_EQ(normalise_for_search("\u039F\u0394\u039F\u03A3 \u03BF\u03B4\u03BF\u03C2 \u0386"),
            "\u03BF\u03B4\u03BF\u03C3 \u03BF\u03B4\u03BF\u03C3 \u03AC");
  EXPECT_EQ(normalise_for_search("\u738B\U0001F600"), "\u738B\U0001F600");
}

TEST(SearchText, IsStable) {
  for (char32_t c = 0x20; c < 0x3000; ++c) {
    std::string text;
    append_utf8(text, c);
    const std::string once = normalise_for_search(text);
    ASSERT_TRUE(is_valid_utf8(once));
    ASSERT_EQ(normalise_for_search(once), once);
  }
}

}  // namespace
}  // namespace ccms::domain
