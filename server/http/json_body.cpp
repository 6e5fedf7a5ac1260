#include "server/http/json_body.h"

#include <algorithm>
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

std::optional<std::string> JsonBody::text(const std::string& name, std::size_t limit) {
  const json& value = *find(name);
  if (!value.is_string()) {
    fail("wrong_type", name + " must be text", "/" + name);
    return std::nullopt;
  }
  auto read = value.get<std::string>();
  if (domain::count_code_points(read) > limit) {
    fail("too_long", name + " has more than " + std::to_string(limit) + " characters", "/" + name);
  } else if (domain::has_control_characters(read)) {
    fail("bad_value", name + " holds control characters", "/" + name);
  }
  return read;
}

}  // namespace ccms::server
