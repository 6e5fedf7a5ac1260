#include "tests/fuzz/mutator.h"

#include <utility>

namespace ccms::fuzz {
namespace {

using namespace std::string_literals;

const std::vector<std::string> kPieces = {"{",
                                          "}",
                                          "[",
                                          "]",
                                          ":",
                                          ",",
                                          "\"",
                                          "\\",
                                          "null",
                                          "true",
                                          "false",
                                          "0",
                                          "-0",
                                          "-1",
                                          "1.0",
                                          "1e400",
                                          "1e-400",
                                          "9007199254740992",
                                          "18446744073709551616",
                                          "-9223372036854775809",
                                          "\\u0000",
                                          "\\ud800",
                                          "\\ud83d\\ude00",
                                          "\0"s,
                                          "\xFF",
                                          "\xC0\x80",
                                          "\xED\xA0\x80",
                                          "\xF4\x90\x80\x80",
                                          "\xE2\x80\xAE",
                                          "\"\":",
                                          "[[[[[[[[[[[[[[[[[[",
                                          "{\"a\":{\"a\":{\"a\":",
                                          "\"wire\":1,",
                                          "2026-02-30T00:00:00.000Z",
                                          "\r",
                                          "\xEF\xBB\xBF"};

}  // namespace

Mutator::Mutator(std::vector<std::string> seeds, unsigned seed) : seeds_(std::move(seeds)), random_(seed) {}

std::size_t Mutator::below(std::size_t limit) { return random_() % limit; }

const std::string& Mutator::any_seed() { return seeds_[below(seeds_.size())]; }

std::string Mutator::next() {
  std::string text = any_seed();
  for (std::size_t count = 1 + below(4); count > 0; --count) mutate(text);
  return text;
}

void Mutator::mutate(std::string& text) {
  const std::size_t at = below(text.size() + 1);
  const std::size_t length = below(16);
  switch (below(6)) {
    case 0:
      if (at < text.size()) text[at] = static_cast<char>(text[at] ^ static_cast<char>(1U << below(8)));
      break;
    case 1:
      text.erase(at, length);
      break;
    case 2:
      text.insert(at, text.substr(at, length));
      break;
    case 3:
      text.insert(at, kPieces[below(kPieces.size())]);
      break;
    case 4:
      text.replace(at, length, kPieces[below(kPieces.size())]);
      break;
    default: {
      const std::string& other = any_seed();
      text.replace(at, length, other, below(other.size() + 1), below(64));
    }
  }
}

}  // namespace ccms::fuzz
