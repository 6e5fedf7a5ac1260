#include "server/http/json_body.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/domain/text.h"

namespace ccms::server {

using nlohmann::json;

JsonBody::JsonBody(std::string_view bytes) {
  if (!domain::is_valid_utf8(bytes)) {
    fail("invalid_utf8", "the body is not valid UTF-8", "");
    return;
  }
  body_ = json::parse(bytes, nullptr, false);
  if (body_.is_discarded()) {
    fail("not_json", "the body is not JSON", "");
  } else if (!body_.is_object()) {
    fail("wrong_type", "the body must be a JSON object", "");
  }
}

std::string JsonBody::required_text(const std::string& name, std::size_t limit) {
  const json* value = find(name);
  if (!value) {
    if (body_.is_object()) fail("missing_field", name + " is missing", "/" + name);
    return {};
  }
  auto read = text(name, limit);
  if (read && read->empty()) fail("missing_field", name + " is empty", "/" + name);
  return std::move(read).value_or("");
}

std::optional<std::string> JsonBody::optional_text(const std::string& name, std::size_t limit) {
  return find(name) ? text(name, limit) : std::nullopt;
}

std::string JsonBody::choice(const std::string& name, const std::vector<std::string>& allowed,
                             const std::string& fallback) {
  constexpr std::size_t kLongestWord = 64;
  const auto value = optional_text(name, kLongestWord);
  if (!value) return fallback;
  if (std::find(allowed.begin(), allowed.end(), *value) == allowed.end())
    fail("bad_value", name + " is not one of the allowed values", "/" + name);
  return *value;
}

std::int64_t JsonBody::required_number(const std::string& name) {
  const json* value = find(name);
  if (!value) {
    if (body_.is_object()) fail("missing_field", name + " is missing", "/" + name);
    return 0;
  }
  return number(*value, name);
}

std::optional<std::int64_t> JsonBody::optional_number(const std::string& name) {
  const json* value = find(name);
  if (!value) return std::nullopt;
  return number(*value, name);
}

std::vector<std::string> JsonBody::texts(const std::string& name, std::size_t limit) {
  std::vector<std::string> read;
  const json* list = find(name);
  if (!list) return read;
  if (!list->is_array()) {
    fail("wrong_type", name + " must be a list of texts", "/" + name);
    return read;
  }
  for (std::size_t i = 0; i < list->size(); ++i) {
    const std::string pointer = "/" + name + "/" + std::to_string(i);
    auto element = text((*list)[i], "an element of " + name, pointer, limit);
    if (element && element->empty()) fail("missing_field", "an element of " + name + " is empty", pointer);
    if (element) read.push_back(*std::move(element));
  }
  return read;
}

bool JsonBody::flag(const std::string& name) { return optional_flag(name).value_or(false); }

std::optional<bool> JsonBody::optional_flag(const std::string& name) {
  const json* value = find(name);
  if (!value) return std::nullopt;
  if (value->is_boolean()) return value->get<bool>();
  fail("wrong_type", name + " must be true or false", "/" + name);
  return std::nullopt;
}

bool JsonBody::has(const std::string& name) const { return body_.is_object() && body_.contains(name); }

void JsonBody::fail(std::string code, std::string message, std::string field) {
  errors_.push_back({std::move(code), std::move(message), std::move(field)});
}

std::vector<domain::Error> JsonBody::finish() {
  if (body_.is_object()) {
    for (const auto& [name, value] : body_.items()) {
      if (!asked_for_.contains(name)) fail("unknown_field", "there is no such member here", "/" + name);
    }
  }
  return errors_;
}

const json* JsonBody::find(const std::string& name) {
  asked_for_.insert(name);
  if (!body_.is_object()) return nullptr;
  const auto found = body_.find(name);
  return found == body_.end() || found->is_null() ? nullptr : &*found;
}

std::int64_t JsonBody::number(const json& value, const std::string& name) {
  constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
  const auto read = value.is_number_unsigned() ? value.get<std::uint64_t>() : 0;
  if (read >= 1 && read <= most) return static_cast<std::int64_t>(read);
  fail("wrong_type", name + " must be a whole number from 1 on", "/" + name);
  return 0;
}

std::optional<std::string> JsonBody::text(const std::string& name, std::size_t limit) {
  return text(*find(name), name, "/" + name, limit);
}

std::optional<std::string> JsonBody::text(const json& value, const std::string& name,
                                          const std::string& pointer, std::size_t limit) {
  if (!value.is_string()) {
    fail("wrong_type", name + " must be text", pointer);
    return std::nullopt;
  }
  auto read = value.get<std::string>();
  if (domain::count_code_points(read) > limit) {
    fail("too_long", name + " has more than " + std::to_string(limit) + " characters", pointer);
  } else if (domain::has_control_characters(read)) {
    fail("bad_value", name + " holds control characters", pointer);
  }
  return read;
}

}  // namespace ccms::server
