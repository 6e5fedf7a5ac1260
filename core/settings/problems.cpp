#include "core/settings/problems.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/domain/text.h"

namespace ccms::settings {
namespace {

constexpr std::size_t kLongestValue = 100;

std::string excerpt(const nlohmann::json& value) {
  if (value.is_object()) return "{…}";
  if (value.is_array() && value.size() > 20) return "[…]";
  const std::string text = value.dump();
  const std::string_view shown = domain::truncate_code_points(text, kLongestValue);
  return shown.size() == text.size() ? text : std::string(shown) + "…";
}

}  // namespace

void Problems::add(std::string path, std::string code, std::string message) {
  const auto same = [&](const Problem& p) { return p.error.field == path && p.error.code == code; };
  if (std::any_of(found_.begin(), found_.end(), same)) return;
  if (found_.size() >= limit_) {
    overflow_ = true;
    return;
  }
  found_.push_back({{std::move(code), std::move(message), std::move(path)}, {}});
}

void Problems::take_values_from(const nlohmann::json& document) {
  for (Problem& problem : found_) {
    const nlohmann::json::json_pointer pointer(problem.error.field);
    if (problem.value.empty() && document.contains(pointer)) problem.value = excerpt(document.at(pointer));
  }
}

std::string join(std::string_view path, std::string_view member) {
  std::string out(path);
  out += '/';
  for (const char c : member) {
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

std::string join(std::string_view path, std::size_t index) {
  return std::string(path) + '/' + std::to_string(index);
}

std::string to_string(const Problem& problem) {
  std::string out = problem.error.field.empty() ? "(document)" : problem.error.field;
  out += ": ";
  if (!problem.value.empty()) out += problem.value + ": ";
  return out + problem.error.message + " (" + problem.error.code + ")";
}

}  // namespace ccms::settings
