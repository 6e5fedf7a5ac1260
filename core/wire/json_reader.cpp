#include "core/wire/json_reader.h"

#include <algorithm>

namespace ccms::wire {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kUsualMembers = 16;

std::string escaped(std::string_view name) {
  std::string out;
  for (char c : name) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

/// Reads a string that has a format of its own; `parse` gives nothing for text that does not have it.
template <class Parse>
auto formatted(const Node& node, const char* expected, Parse parse) {
  using T = typename decltype(parse(std::string()))::value_type;
  const std::string text = read_string(node);
  if (!node.json.is_string()) return T{};
  auto value = parse(text);
  if (!value) node.fail("bad_value", std::string(expected) + " is expected.");
  return std::move(value).value_or(T{});
}

}  // namespace

std::string Node::pointer() const {
  if (parent_ == nullptr) return std::string(name_);
  return parent_->pointer() + "/" + (index_ ? std::to_string(*index_) : escaped(name_));
}

Node Node::member(std::string_view name, const Json& value) const {
  Node node(value, name, problems);
  node.parent_ = this;
  return node;
}

Node Node::item(std::size_t index, const Json& value) const {
  Node node(value, {}, problems);
  node.parent_ = this;
  node.index_ = index;
  return node;
}

ObjectReader::ObjectReader(const Node& node) : node_(node) {
  known_.reserve(kUsualMembers);
  if (!is_object()) node_.fail("wrong_type", "An object is expected.");
}

const Json* ObjectReader::find(const char* name) {
  known_.emplace_back(name);
  for (const auto& [member, value] : node_.json.get_ref<const Json::object_t&>()) {
    if (member == known_.back()) return &value;
  }
  return nullptr;
}

void ObjectReader::refuse_unknown() const {
  for (const auto& [name, value] : node_.json.get_ref<const Json::object_t&>()) {
    if (std::find(known_.begin(), known_.end(), name) == known_.end()) {
      node_.member(name, value).fail("unknown_field", "There is no such field here.");
    }
  }
}

std::string read_string(const Node& node) {
  if (!node.json.is_string()) {
    node.fail("wrong_type", "A text is expected.");
    return {};
  }
  const auto& text = node.json.get_ref<const std::string&>();
  if (domain::is_valid_utf8(text)) return text;
  node.fail("invalid_utf8", "The text is not UTF-8.");
  return {};
}

std::string read_text(const Node& node, std::size_t limit, bool may_be_empty) {
  std::string text = read_string(node);
  if (!node.json.is_string()) return text;
  if (text.empty() && !may_be_empty) node.fail("bad_value", "The text is empty.");
  if (domain::count_code_points(text) > limit) {
    node.fail("too_long", "At most " + std::to_string(limit) + " characters are allowed.");
  }
  if (domain::has_control_characters(text)) node.fail("bad_value", "The text holds a control character.");
  return text;
}

bool boolean(const Node& node) {
  if (node.json.is_boolean()) return node.json.get<bool>();
  node.fail("wrong_type", "true or false is expected.");
  return false;
}

std::int64_t read_integer(const Node& node, std::int64_t min, std::int64_t max) {
  if (!node.json.is_number()) {
    node.fail("wrong_type", "A whole number is expected.");
    return min;
  }
  if (!node.json.is_number_integer()) {
    node.fail("bad_value", "A whole number is expected.");
    return min;
  }
  // Unsigned values beyond int64 would turn negative.
  const bool huge = node.json.is_number_unsigned() && node.json.get<std::uint64_t>() > INT64_MAX;
  const auto value = huge ? INT64_MAX : node.json.get<std::int64_t>();
  if (!huge && value >= min && value <= max) return value;
  node.fail("bad_value",
            "The number must be from " + std::to_string(min) + " to " + std::to_string(max) + ".");
  return min;
}

std::string short_text(const Node& node) { return read_text(node, domain::kShortTextLimit, false); }
std::string optional_text(const Node& node) { return read_text(node, domain::kShortTextLimit, true); }
std::string long_text(const Node& node) { return read_text(node, domain::kLongTextLimit, true); }
std::string name_text(const Node& node) { return read_text(node, domain::kNameLimit, false); }
std::string email_text(const Node& node) { return read_text(node, domain::kEmailLimit, false); }
std::string phone_text(const Node& node) { return read_text(node, domain::kPhoneLimit, false); }

std::string language_tag(const Node& node) {
  return formatted(
      node, "A language tag such as \"en\"", [](const std::string& text) -> std::optional<std::string> {
        constexpr std::size_t kLimit = 35;
        const auto is_allowed = [](char c) {
          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        };
        const bool fits =
            text.size() >= 2 && text.size() <= kLimit && text.front() != '-' && text.back() != '-';
        if (!fits || !std::all_of(text.begin(), text.end(), is_allowed)) return std::nullopt;
        return text;
      });
}

domain::Instant instant(const Node& node) {
  return formatted(node, "A UTC time such as \"2026-11-21T22:39:19.123Z\"", domain::parse_rfc3339);
}

domain::TicketCode ticket_code(const Node& node) {
  return formatted(node, "A ticket code of twelve symbols",
                   [](const std::string& text) -> std::optional<domain::TicketCode> {
                     const auto code = domain::TicketCode::parse(text);
                     if (!code || code->str() != text) return std::nullopt;
                     return *code;
                   });
}

std::string code_prefix(const Node& node) {
  return formatted(node, "A prefix of four symbols",
                   [](const std::string& text) -> std::optional<std::string> {
                     if (!domain::is_ticket_code_prefix(text)) return std::nullopt;
                     return text;
                   });
}

domain::Money money(const Node& node) {
  return read_object<domain::Money>(node, [](ObjectReader& object, domain::Money& out) {
    object.required("amount", out.amount, integer<-domain::kMoneyLimit, domain::kMoneyLimit>);
    object.required("currency", out.currency, [](const Node& currency) {
      return formatted(currency, "A currency code of three capitals",
                       [](const std::string& text) -> std::optional<std::string> {
                         if (!domain::is_currency_code(text)) return std::nullopt;
                         return text;
                       });
    });
  });
}

domain::Quantity quantity(const Node& node) {
  return formatted(node, "A decimal number as text, such as \"0.250\",", domain::Quantity::parse);
}

std::string hex_bytes(const Node& node, std::size_t size) {
  return formatted(node, "Lower-case hexadecimal of the right length",
                   [size](const std::string& text) -> std::optional<std::string> {
                     auto bytes = domain::hex_decode(text);
                     if (bytes && bytes->size() != size) return std::nullopt;
                     return bytes;
                   });
}

std::string base64_bytes(const Node& node) { return formatted(node, "Padded base64", domain::base64_decode); }

}  // namespace ccms::wire
