#include "core/domain/card_redaction.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "core/domain/text.h"

namespace ccms::domain {
namespace {

int luhn_sum(const std::string& digits) {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const int value = (digits[digits.size() - 1 - i] - '0') * (i % 2 == 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum;
}

bool is_valid_ean13(const std::string& digits) {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) sum += (digits[i] - '0') * (i % 2 == 1 ? 3 : 1);
  return digits.size() == 13 && sum % 10 == 0;
}

std::string random_digits(std::mt19937& random, std::size_t count) {
  std::string digits;
  while (digits.size() < count) digits += static_cast<char>('0' + random() % 10);
  return digits;
}

std::string random_pan(std::mt19937& random, const std::string& beginning, std::size_t length) {
  while (true) {
    std::string digits = beginning + random_digits(random, length - beginning.size() - 1) + "0";
    digits.back() = static_cast<char>('0' + (10 - luhn_sum(digits) % 10) % 10);
    if (!is_valid_ean13(digits)) return digits;
  }
}

struct Card {
  const char* beginning;
  std::size_t length;
};

constexpr Card kCards[] = {{"4", 16},    {"4", 13},  {"4", 19},   {"51", 16},   {"55", 16},   {"2221", 16},
                           {"2720", 16}, {"34", 15}, {"37", 15},  {"6011", 16}, {"65", 16},   {"644", 19},
                           {"3528", 16}, {"36", 14}, {"305", 14}, {"38", 14},   {"6759", 13}, {"5018", 19},
                           {"6304", 17}, {"62", 16}, {"62", 18},  {"62", 19}};

std::string in_script(const std::string& digits, char32_t zero) {
  std::string out;
  for (char digit : digits) append_utf8(out, zero + static_cast<char32_t>(digit - '0'));
  return out;
}

std::string grouped(const std::string& digits, std::size_t size, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && i % size == 0) out += separator;
    out += digits[i];
  }
  return out;
}

std::string mask_of(const std::string& pan) {
  const std::size_t stars = std::min<std::size_t>(4, pan.size() - 11);
  return "[card " + std::string(stars, '*') + pan.substr(pan.size() - 4) + "]";
}

TEST(CardRedaction, MasksEveryIssuersNumbersInEverySpelling) {
  std::mt19937 random(4242);
  const std::vector<std::string> separators = {
      " ",      "-",      ".",      "/",  " - ", "\u00A0", "\u202F",      "\u2009",
      "\u2013", "\u2011", "\u200B", "\n", "_",   ",",      "\t",          "\u2212",
      "\uFF0D", "\u3000", "  ",     ":",  "|",   "\u00AD", "\u2060\u00A0"};
  for (const Card& card : kCards) {
    for (int i = 0; i < 20; ++i) {
      const std::string pan = random_pan(random, card.beginning, card.length);
      const std::string masked = mask_of(pan);
      EXPECT_EQ(redact_card_numbers("paid with " + pan + ", thanks"), "paid with " + masked + ", thanks")
          << pan;
      EXPECT_EQ(redact_card_numbers("card" + pan + "x"), "card" + masked + "x");
      for (const std::string& separator : separators) {
        for (std::size_t size : {std::size_t{4}, std::size_t{1}, 1 + random() % 6}) {
          const std::string spelled = grouped(pan, size, separator);
          // Which four digits are shown is open where a beginning of the number passes for one too.
          const std::string redacted = redact_card_numbers(spelled);
          EXPECT_EQ(redacted.size(), masked.size()) << spelled << ": " << redacted;
          EXPECT_EQ(redacted.substr(0, masked.size() - 5), masked.substr(0, masked.size() - 5)) << spelled;
        }
      }
      for (char32_t zero : {U'\uFF10', U'\u0660', U'\u06F0', U'\u0966', U'\U0001D7CE'}) {
        EXPECT_EQ(redact_card_numbers(in_script(pan, zero)), masked);
      }
    }
  }
}

TEST(CardRedaction, MasksANumberAmongOtherNumbers) {
  EXPECT_EQ(redact_card_numbers("4242 4242 4242 4242 12/27 123"), "[card ****4242] 12/27 123");
  EXPECT_EQ(redact_card_numbers("2 x 4242-4242-4242-4242"), "2 x [card ****4242]");
  EXPECT_EQ(redact_card_numbers("2 4242-4242-4242-4242"), "2 [card ****4242]");
  EXPECT_EQ(redact_card_numbers("4242424242424242 5555555555554444"), "[card ****4242] [card ****4444]");
  EXPECT_EQ(redact_card_numbers("378282246310005"), "[card ****0005]");
  EXPECT_EQ(redact_card_numbers("30569309025904"), "[card ***5904]");
  EXPECT_EQ(redact_card_numbers("4222222222222"), "[card **2222]");
}

// Lengths are checked before, and columns are as wide as the limits.
TEST(CardRedaction, NeverLengthensAText) {
  std::mt19937 random(1313);
  for (const Card& card : kCards) {
    for (int i = 0; i < 50; ++i) {
      const std::string pan = random_pan(random, card.beginning, card.length);
      for (const std::string& text :
           {pan, grouped(pan, 1 + random() % 4, " "), in_script(pan, U'\uFF10'), pan + " " + pan}) {
        const std::string redacted = redact_card_numbers(text);
        EXPECT_NE(redacted, text);
        EXPECT_LE(count_code_points(redacted), count_code_points(text)) << text;
        EXPECT_LE(redacted.size(), text.size()) << text;
      }
    }
  }
}

TEST(CardRedaction, HidesASecurityCodeThatPassesForTheNumbersEnd) {
  EXPECT_EQ(redact_card_numbers("4340 2768 3068 5969 118"), "[card ****5969]");
}

TEST(CardRedaction, IsIdempotentAndLeavesOtherTextAlone) {
  const std::string masked = redact_card_numbers("a 4242 4242 4242 4242 b");
  EXPECT_EQ(redact_card_numbers(masked), masked);
  for (const char* text :
       {"", "no digits", "4242 4242 4242 4241", "4242424242424242424242424", "12.11.2026 10:30, 3 x 4.99",
        "4242 4242 then 4242 4242", "4242    4242    4242    4242", "\u00FC\u00DF 4242"}) {
    EXPECT_EQ(redact_card_numbers(text), text);
  }
}

TEST(CardRedaction, PhoneNumbersWithAPlusAndProductCodesStay) {
  for (const char* text :
       {"+4915112345678", "+36 30 123 4567 89", "+3742 4242 4242 42", "4006381333931", "4012345678901"}) {
    EXPECT_EQ(redact_card_numbers(text), text);
  }
  std::mt19937 random(13);
  for (int i = 0; i < 20'000; ++i) {
    std::string ean = "4" + random_digits(random, 11) + "0";
    for (char check = '0'; check <= '9' && !is_valid_ean13(ean); ++check) ean.back() = check;
    ASSERT_EQ(redact_card_numbers(ean), ean);
  }
}

TEST(CardRedaction, SeldomTakesAnOrderNumberForACard) {
  std::mt19937 random(99);
  constexpr int kNumbers = 200'000;
  int taken = 0;
  for (int i = 0; i < kNumbers; ++i) {
    const std::string number = random_digits(random, 6 + random() % 15);
    if (redact_card_numbers(number) != number) ++taken;
  }
  EXPECT_LT(taken, kNumbers / 100);
}

}  // namespace
}  // namespace ccms::domain
