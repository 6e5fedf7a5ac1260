#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/domain/encoding.h"
#include "core/domain/enum_text.h"
#include "core/domain/ids.h"
#include "core/domain/money.h"
#include "core/domain/text.h"
#include "core/domain/ticket_code.h"
#include "core/domain/time.h"
#include "core/wire/problems.h"

// Reading JSON strictly into types. A reader is a function `T read(const Node&)`: it gives the value, or
// records what is wrong in the node's Problems and gives an empty T. An object is read by naming its members
// once:
//
//   Gap read_gap(const Node& node) {
//     return read_object<Gap>(node, [](ObjectReader& object, Gap& gap) {
//       object.required("from", gap.from, integer<1>);
//       object.optional("note", gap.note, short_text);
//     });  // members that were not named are unknown_field
//   }

namespace ccms::wire {

/// One value of a document, where it stands, and where its errors go. Where it stands is written out only for
/// an error: a node refers to the node and the name it was reached by, and both must live as long as it is
/// used.
class Node {
 public:
  /// The value that a document, or a part of one at `pointer`, begins with.
  Node(const nlohmann::ordered_json& value, std::string_view pointer, Problems& errors)
      : json(value), problems(errors), name_(pointer) {}

  const nlohmann::ordered_json& json;
  Problems& problems;

  /// Where the value stands, as a JSON pointer (RFC 6901).
  std::string pointer() const;
  void fail(const char* code, std::string message) const {
    problems.add(code, std::move(message), pointer());
  }
  Node member(std::string_view name, const nlohmann::ordered_json& value) const;
  Node item(std::size_t index, const nlohmann::ordered_json& value) const;

 private:
  const Node* parent_ = nullptr;
  std::string_view name_;  ///< of a member; the whole pointer where there is no parent
  std::optional<std::size_t> index_;
};

/// Parses bytes: valid UTF-8, one JSON value, no duplicate keys, at most 16 levels deep and 256 members in an
/// object. Gives nothing after recording what is wrong.
std::optional<nlohmann::ordered_json> parse_json(std::string_view bytes, Problems& problems);

enum class UnknownMembers { refused, passed_over };

class ObjectReader {
 public:
  /// Records wrong_type when the node is no object; then is_object() is false.
  explicit ObjectReader(const Node& node);

  bool is_object() const noexcept { return node_.json.is_object(); }
  const Node& node() const noexcept { return node_; }
  bool has(std::string_view name) const { return is_object() && node_.json.contains(name); }

  template <class T, class Read>
  void required(const char* name, T& out, Read read) {
    if (const auto* value = find(name)) {
      out = read(node_.member(name, *value));
    } else {
      node_.member(name, node_.json).fail("missing_field", "This is required.");
    }
  }

  /// A member that may be left out, `out` then staying as it is.
  template <class T, class Read>
  void optional(const char* name, T& out, Read read) {
    if (const auto* value = find(name)) out = read(node_.member(name, *value));
  }

  /// Records every member that nobody asked for.
  void refuse_unknown() const;

 private:
  const nlohmann::ordered_json* find(const char* name);

  Node node_;
  std::vector<std::string_view> known_;
};

template <class T, UnknownMembers kUnknown = UnknownMembers::refused, class Fill>
T read_object(const Node& node, Fill fill) {
  T out{};
  ObjectReader object(node);
  if (!object.is_object()) return out;
  fill(object, out);
  if (kUnknown == UnknownMembers::refused) object.refuse_unknown();
  return out;
}

/// A list, item by item.
template <class Read>
auto list_of(std::size_t limit, Read read) {
  return [limit, read](const Node& node) {
    std::vector<decltype(read(node))> out;
    if (!node.json.is_array()) {
      node.fail("wrong_type", "A list is expected.");
    } else if (node.json.size() > limit) {
      node.fail("too_long", "At most " + std::to_string(limit) + " items are allowed.");
    } else {
      for (std::size_t i = 0; i < node.json.size(); ++i) out.push_back(read(node.item(i, node.json[i])));
    }
    return out;
  };
}

/// null, or what `read` takes.
template <class Read>
auto nullable(Read read) {
  return [read](const Node& node) {
    std::optional<decltype(read(node))> out;
    if (!node.json.is_null()) out = read(node);
    return out;
  };
}

/// The raw text of a string; records wrong_type and, for invalid UTF-8, invalid_utf8.
std::string read_string(const Node& node);

/// Text of people: at most `limit` code points, no control characters but line feed and tab.
std::string read_text(const Node& node, std::size_t limit, bool may_be_empty);

bool boolean(const Node& node);
std::int64_t read_integer(const Node& node, std::int64_t min, std::int64_t max);
std::string short_text(const Node& node);     ///< 1 to 200 code points
std::string optional_text(const Node& node);  ///< 0 to 200 code points
std::string long_text(const Node& node);      ///< 0 to 16,000 code points
std::string name_text(const Node& node);      ///< 1 to 120 code points
std::string email_text(const Node& node);     ///< 1 to 254 code points
std::string phone_text(const Node& node);     ///< 1 to 32 code points
std::string language_tag(const Node& node);
domain::Instant instant(const Node& node);
domain::TicketCode ticket_code(const Node& node);  ///< in its one spelling: twelve symbols without dashes
std::string code_prefix(const Node& node);
domain::Money money(const Node& node);
domain::Quantity quantity(const Node& node);
/// Bytes in lower-case hexadecimal or padded base64.
std::string hex_bytes(const Node& node, std::size_t size);
std::string base64_bytes(const Node& node);

/// Integers are exact in every JSON reader up to 2^53 - 1.
inline constexpr std::int64_t kIntegerLimit = 9'007'199'254'740'991;

template <std::int64_t kMin, std::int64_t kMax = kIntegerLimit>
std::int64_t integer(const Node& node) {
  return read_integer(node, kMin, kMax);
}

template <class Identifier>
Identifier id(const Node& node) {
  const std::string text = read_string(node);
  if (!node.json.is_string()) return {};
  const auto parsed = Identifier::parse(text);
  if (!parsed) node.fail("bad_value", "This is not a well-formed id.");
  return parsed.value_or(Identifier());
}

/// Nothing, after recording it, for what is none of the enumeration's words.
template <class E>
std::optional<E> known_word(const Node& node) {
  const std::string text = read_string(node);
  if (!node.json.is_string()) return std::nullopt;
  const auto value = domain::from_text<E>(text);
  if (!value) node.fail("bad_value", "This is not one of the values allowed here.");
  return value;
}

template <class E>
E enumeration(const Node& node) {
  return known_word<E>(node).value_or(E{});
}

template <std::size_t N>
std::array<std::uint8_t, N> hex_array(const Node& node) {
  return domain::to_array<N>(hex_bytes(node, N)).value_or(std::array<std::uint8_t, N>{});
}

template <std::size_t N>
std::array<std::uint8_t, N> base64_array(const Node& node) {
  const auto bytes = domain::to_array<N>(base64_bytes(node));
  if (!bytes && node.json.is_string())
    node.fail("bad_value", std::to_string(N) + " bytes in base64 are expected.");
  return bytes.value_or(std::array<std::uint8_t, N>{});
}

/// Parses and reads a whole document.
template <class Read>
auto read_document(std::string_view bytes, Read read) {
  Problems problems;
  using T = decltype(read(std::declval<const Node&>()));
  Parsed<T> parsed;
  if (const auto json = parse_json(bytes, problems)) {
    T value = read(Node(*json, "", problems));
    if (problems.empty()) parsed.value = std::move(value);
  }
  parsed.errors = std::move(problems).take();
  return parsed;
}

}  // namespace ccms::wire
