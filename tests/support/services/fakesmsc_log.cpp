#include "tests/support/services/fakesmsc_log.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>

#include "tests/support/services/kannel_service.h"

namespace ccms::test {
namespace {

// Takes the next word off the front of the text.
std::string_view take_word(std::string_view& text) {
  const std::size_t end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

// Percent encoding as of a URL's query: %XX is a byte, + is a space.
std::string percent_decoded(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ec == std::errc()) {
      bytes += static_cast<char>(value);
      i += 2;
    } else {
      bytes += text[i] == '+' ? ' ' : text[i];
    }
  }
  return bytes;
}

unsigned byte_at(std::string_view bytes, std::size_t i) { return static_cast<unsigned char>(bytes[i]); }

void append_utf8(std::string& text, std::uint32_t code) {
  const auto tail = [](std::uint32_t bits) { return static_cast<char>(0x80U | (bits & 0x3FU)); };
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0U | (code >> 6U));
    text += tail(code);
  } else if (code < 0x10000) {
    text += static_cast<char>(0xE0U | (code >> 12U));
    text += tail(code >> 6U);
    text += tail(code);
  } else {
    text += static_cast<char>(0xF0U | (code >> 18U));
    text += tail(code >> 12U);
    text += tail(code >> 6U);
    text += tail(code);
  }
}

std::string utf8_from_utf16(std::string_view bytes) {
  std::string text;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    std::uint32_t code = byte_at(bytes, i) << 8U | byte_at(bytes, i + 1);
    if (code >= 0xD800 && code < 0xDC00 && i + 3 < bytes.size()) {  // the first half of a surrogate pair
      const std::uint32_t low = byte_at(bytes, i + 2) << 8U | byte_at(bytes, i + 3);
      code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
      i += 2;
    }
    append_utf8(text, code);
  }
  return text;
}

// Which part of a long message this is, counted from one.
struct PartNumber {
  unsigned reference = 0;
  unsigned total = 0;
  unsigned number = 0;
};

// Reads the "concatenated message" element (0) of a user data header.
std::optional<PartNumber> part_number(std::string_view header) {
  for (std::size_t i = 1; i + 1 < header.size(); i += 2 + byte_at(header, i + 1)) {
    if (byte_at(header, i) == 0 && i + 4 < header.size()) {
      return PartNumber{byte_at(header, i + 2), byte_at(header, i + 3), byte_at(header, i + 4)};
    }
  }
  return std::nullopt;
}

struct Piece {
  SmsMessage message;
  std::optional<PartNumber> part;
};

std::optional<Piece> parse_line(std::string_view line) {
  const std::size_t found = line.find("Got message ");
  const std::size_t open = line.find('<', found);
  const std::size_t close = line.rfind('>');
  if (found == std::string_view::npos || open == std::string_view::npos || close <= open) return std::nullopt;
  std::string_view rest = line.substr(open + 1, close - open - 1);
  Piece piece;
  piece.message.from = take_word(rest);
  piece.message.to = take_word(rest);
  std::string_view type = take_word(rest);
  if (type == "udh") {
    piece.part = part_number(percent_decoded(take_word(rest)));
    type = take_word(rest);
  }
  if (type == "text") {
    piece.message.text = rest;
  } else if (type == "data") {
    piece.message.text = percent_decoded(rest);
  } else if (type == "ucs-2") {
    piece.message.text = utf8_from_utf16(percent_decoded(rest));
  } else {
    return std::nullopt;
  }
  return piece;
}

// Puts long messages together as their parts come.
class Assembler {
 public:
  void add(Piece piece) {
    if (!piece.part) {
      complete_.push_back(std::move(piece.message));
      return;
    }
    const Key key{piece.message.from, piece.message.to, piece.part->reference};
    std::map<unsigned, std::string>& parts = waiting_[key];
    parts[piece.part->number] = piece.message.text;
    if (parts.size() < piece.part->total) return;
    piece.message.text = joined(parts);
    complete_.push_back(std::move(piece.message));
    waiting_.erase(key);
  }

  std::vector<SmsMessage> take() { return std::move(complete_); }

 private:
  // The centre does not say how a part is encoded, but a full part is 134 bytes of UTF-16 or 153 characters.
  static std::string joined(const std::map<unsigned, std::string>& parts) {
    constexpr std::size_t kFullUtf16Part = 134;
    std::string bytes;
    for (const auto& [number, part] : parts) bytes += part;
    return parts.begin()->second.size() == kFullUtf16Part ? utf8_from_utf16(bytes) : bytes;
  }

  using Key = std::tuple<std::string, std::string, unsigned>;
  std::map<Key, std::map<unsigned, std::string>> waiting_;
  std::vector<SmsMessage> complete_;
};

}  // namespace

std::vector<SmsMessage> messages_in_fakesmsc_log(std::string_view log) {
  Assembler assembler;
  while (!log.empty()) {
    const std::size_t end = log.find('\n');
    if (end == std::string_view::npos) break;  // still being written
    if (std::optional<Piece> piece = parse_line(log.substr(0, end))) assembler.add(std::move(*piece));
    log.remove_prefix(end + 1);
  }
  return assembler.take();
}

}  // namespace ccms::test
