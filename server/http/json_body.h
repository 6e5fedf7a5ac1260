#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/result.h"

namespace ccms::server {

/// Reads the JSON object of a small request strictly: members are asked for by name, and what was not asked
/// for is an error, so that a misspelt member never passes unnoticed. Errors are collected, each naming its
/// field.
class JsonBody {
 public:
  explicit JsonBody(std::string_view bytes);

  /// Text of 1 to `limit` code points: valid UTF-8 without control characters other than
  /// newline and tab. Missing is an error; the result is then empty.
  std::string required_text(const std::string& name, std::size_t limit);
  /// The same for a member that may be absent or null.
  std::optional<std::string> optional_text(const std::string& name, std::size_t limit);
  /// One of `allowed`; `fallback` when absent.
  std::string choice(const std::string& name, const std::vector<std::string>& allowed,
                     const std::string& fallback);

  /// A whole number from 1 on; missing is an error. The result is then 0.
  std::int64_t required_number(const std::string& name);
  /// The same for a member that may be absent or null.
  std::optional<std::int64_t> optional_number(const std::string& name);
  /// A list of texts of 1 to `limit` code points each; empty when absent or null.
  std::vector<std::string> texts(const std::string& name, std::size_t limit);
  /// false when absent or null.
  bool flag(const std::string& name);
  std::optional<bool> optional_flag(const std::string& name);
  /// Whether the member is there, null as well.
  bool has(const std::string& name) const;
  /// The member as it is, for what has a shape of its own; null pointer when absent or null.
  const nlohmann::json* raw(const std::string& name) { return find(name); }

  void fail(std::string code, std::string message, std::string field);
  /// To be called last: notes the members that nobody asked for. Empty when all is well.
  std::vector<domain::Error> finish();

 private:
  const nlohmann::json* find(const std::string& name);
  std::int64_t number(const nlohmann::json& value, const std::string& name);
  std::optional<std::string> text(const std::string& name, std::size_t limit);
  std::optional<std::string> text(const nlohmann::json& value, const std::string& name,
                                  const std::string& pointer, std::size_t limit);

  nlohmann::json body_;
  std::set<std::string> asked_for_;
  std::vector<domain::Error> errors_;
};

}  // namespace ccms::server
