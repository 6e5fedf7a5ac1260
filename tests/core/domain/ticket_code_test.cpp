#include "core/domain/ticket_code.h"

#include <gtest/gtest.h>

#include <cctype>
#include <random>
#include <set>
#include <string>

#include "core/domain/permutation.h"

namespace ccms::domain {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  return x ^ x >> 31;
}

/// Good enough to exercise the permutation; the real one is HMAC-SHA256 (core/crypto).
Prf test_prf(std::uint64_t key) {
  return [key](std::string_view input) {
    std::uint64_t state = mix(key + 0x9e3779b97f4a7c15ULL);
    for (char c : input) state = mix(state ^ static_cast<unsigned char>(c));
    return state;
  };
}

RoundFunction test_round(std::uint64_t key) {
  return [key](std::uint32_t round, std::uint64_t half) { return mix(key ^ mix(round + 1) ^ half * 31); };
}

TicketCode code_of(std::uint32_t sequence, std::uint16_t random = 77) {
  return TicketCode::make("7KXA", sequence, random, test_prf(1)).value();
}

template <unsigned Bits>
void expect_bijection() {
  const Permutation<Bits> permutation(test_round(Bits));
  std::set<std::uint64_t> seen;
  for (std::uint64_t value = 0; value < Permutation<Bits>::kSize; ++value) {
    const std::uint64_t image = permutation.forward(value);
    ASSERT_LT(image, Permutation<Bits>::kSize);
    ASSERT_TRUE(seen.insert(image).second) << value;
    ASSERT_EQ(permutation.backward(image), value);
  }
}

TEST(Permutation, IsABijectionOfEverySmallDomainOddWidthsIncluded) {
  expect_bijection<2>();
  expect_bijection<5>();
  expect_bijection<10>();
  expect_bijection<15>();
  expect_bijection<16>();
}

TEST(Permutation, IsUndoneOnSamplesOfTheFullWidth) {
  const Permutation<35> permutation(test_round(9));
  std::mt19937_64 random(35);
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t value = random() % Permutation<35>::kSize;
    const std::uint64_t image = permutation.forward(value);
    ASSERT_LT(image, Permutation<35>::kSize);
    ASSERT_EQ(permutation.backward(image), value);
  }
}

TEST(TicketCode, HasPrefixBodyAndCheckSymbolAndShowsAsFourFourFour) {
  const TicketCode code = code_of(0);
  EXPECT_EQ(code.str().size(), 12U);
  EXPECT_EQ(code.prefix(), "7KXA");
  EXPECT_EQ(code.str().find_first_not_of(kAlphabet), std::string::npos);
  EXPECT_EQ(code.display(),
            code.str().substr(0, 4) + "-" + code.str().substr(4, 4) + "-" + code.str().substr(8));
  EXPECT_EQ(TicketCode().display(), "");
}

TEST(TicketCode, EverySingleWrongSymbolIsCaught) {
  for (std::uint32_t sequence : {0U, 1U, 4711U, (1U << 20) - 1}) {
    const std::string right = code_of(sequence).str();
    for (std::size_t i = 0; i < right.size(); ++i) {
      for (char symbol : kAlphabet) {
        std::string wrong = right;
        wrong[i] = symbol;
        EXPECT_EQ(TicketCode::parse(wrong).ok(), wrong == right) << wrong;
      }
    }
  }
}

TEST(TicketCode, EverySwapOfTwoSymbolsIsCaught) {
  for (std::uint32_t sequence = 0; sequence < 500; ++sequence) {
    const std::string right = code_of(sequence).str();
    for (std::size_t i = 0; i < right.size(); ++i) {
      for (std::size_t j = i + 1; j < right.size(); ++j) {
        std::string wrong = right;
        std::swap(wrong[i], wrong[j]);
        EXPECT_EQ(TicketCode::parse(wrong).ok(), wrong == right) << wrong;
      }
    }
  }
}

/// Every pair of places and every pair of symbols, in a code that a third place makes right.
TEST(TicketCode, NoSwapOfAnyTwoSymbolsAtAnyTwoPlacesPasses) {
  std::string code = code_of(8).str();
  for (std::size_t i = 0; i < code.size(); ++i) {
    for (std::size_t j = i + 1; j < code.size(); ++j) {
      const std::size_t free_place = i != 0 ? 0 : j != 1 ? 1 : 2;
      for (char a : kAlphabet) {
        for (char b : kAlphabet.substr(kAlphabet.find(a) + 1)) {
          code[i] = a;
          code[j] = b;
          for (char symbol : kAlphabet) {
            code[free_place] = symbol;
            if (TicketCode::parse(code)) break;
          }
          ASSERT_TRUE(TicketCode::parse(code)) << code;
          std::swap(code[i], code[j]);
          ASSERT_FALSE(TicketCode::parse(code)) << code;
        }
      }
    }
  }
}

TEST(TicketCode, PeoplesSpellingsAreForgiven) {
  std::mt19937 random(11);
  for (std::uint32_t sequence = 0; sequence < 2000; ++sequence) {
    const TicketCode code = code_of(sequence, static_cast<std::uint16_t>(random()));
    std::string typed;
    for (char c : code.display()) {
      if (c == '0' && random() % 2) c = random() % 2 ? 'O' : 'o';
      if (c == '1' && random() % 2) c = "IiLl"[random() % 4];
      typed += random() % 2 ? static_cast<char>(std::tolower(c)) : c;
      if (random() % 4 == 0) typed += " -"[random() % 2];
    }
    const auto parsed = TicketCode::parse(typed);
    ASSERT_TRUE(parsed) << typed;
    EXPECT_EQ(*parsed, code);
  }
}

TEST(TicketCode, OtherTextIsRefusedWithAReason) {
  const std::string right = code_of(5).str();
  for (const std::string& text :
       {std::string(), right.substr(1), right + "0", "U" + right.substr(1), right + "\n",
        "\xC3\xA9" + right.substr(2), std::string(10'000, ' '), std::string(12, '\0')}) {
    const auto parsed = TicketCode::parse(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().code, "bad_value");
    EXPECT_FALSE(parsed.error().message.empty());
  }
}

TEST(TicketCode, ASequenceNeverRepeatsAndIsFoundAgain) {
  const Prf prf = test_prf(3);
  std::set<TicketCode> codes;
  for (std::uint32_t sequence = 0; sequence < 20'000; ++sequence) {
    const auto code = TicketCode::make("0000", sequence, 0, prf);
    ASSERT_TRUE(code);
    ASSERT_TRUE(codes.insert(*code).second);
    ASSERT_EQ(ticket_code_sequence(*code, prf), sequence);
  }
  const auto last = TicketCode::make("ZZZZ", TicketCode::kSequenceLimit - 1, 0xFFFF, prf);
  ASSERT_TRUE(last);
  EXPECT_EQ(ticket_code_sequence(*last, prf), TicketCode::kSequenceLimit - 1);
}

TEST(TicketCode, NeighboursDifferInAboutHalfTheirBits) {
  int same = 0;
  constexpr int kCodes = 2000;
  for (std::uint32_t sequence = 0; sequence < kCodes; ++sequence) {
    const std::string a = code_of(sequence, 0).str();
    const std::string b = code_of(sequence + 1, 0).str();
    for (std::size_t i = 4; i < 11; ++i) same += a[i] == b[i] ? 1 : 0;
  }
  // Chance alone makes one symbol in 32 the same.
  EXPECT_LT(same, kCodes * 7 / 32 * 2);
}

TEST(TicketCode, TheSecretAndThePrefixBothMatter) {
  const auto body = [](std::string_view prefix, std::uint64_t key) {
    return TicketCode::make(prefix, 5, 5, test_prf(key)).value().str().substr(4, 7);
  };
  EXPECT_NE(body("AAAA", 1), body("AAAA", 2));
  EXPECT_NE(body("AAAA", 1), body("AAAB", 1));
}

TEST(TicketCode, AnExhaustedSequenceAndABadPrefixAreErrors) {
  EXPECT_EQ(TicketCode::make("AAAA", TicketCode::kSequenceLimit, 0, test_prf(1)).error().code,
            "prefix_exhausted");
  for (std::string_view prefix : {"", "AAA", "AAAAA", "aaaa", "AAAU", "AAAO"}) {
    EXPECT_EQ(TicketCode::make(prefix, 0, 0, test_prf(1)).error().code, "bad_prefix") << prefix;
  }
}

TEST(TicketCode, PrefixesAreNumbered) {
  EXPECT_EQ(ticket_code_prefix(0), "0000");
  EXPECT_EQ(ticket_code_prefix(31), "000Z");
  EXPECT_EQ(ticket_code_prefix((1U << 20) - 1), "ZZZZ");
  EXPECT_TRUE(is_ticket_code_prefix(ticket_code_prefix(123456)));
}

}  // namespace
}  // namespace ccms::domain
