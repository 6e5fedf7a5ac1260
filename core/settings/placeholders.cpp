#include "core/settings/placeholders.h"

#include <algorithm>
#include <array>

namespace ccms::settings {
namespace {

constexpr std::array<std::string_view, 16> kPlaceholders = {
    "code",      "customer_name", "reason",           "store_name", "store_hours", "store_phone",
    "link",      "department",    "category",         "details",    "priority",    "resolution",
    "answer_by", "deadline",      "turn_around_time", "merged_into"};

}  // namespace

bool is_placeholder(std::string_view name) noexcept {
  return std::find(kPlaceholders.begin(), kPlaceholders.end(), name) != kPlaceholders.end();
}

std::optional<std::size_t> scan_template(std::string_view source,
                                         const std::function<void(std::string_view)>& on_text,
                                         const std::function<void(std::string_view)>& on_placeholder) {
  std::size_t at = 0;
  while (at < source.size()) {
    const std::size_t open = source.find("{{", at);
    const std::size_t close = open == std::string_view::npos ? open : source.find("}}", open + 2);
    if (close == std::string_view::npos) {
      on_text(source.substr(at));
      return open == std::string_view::npos ? std::nullopt : std::optional(open);
    }
    if (open > at) on_text(source.substr(at, open - at));
    on_placeholder(source.substr(open + 2, close - open - 2));
    at = close + 2;
  }
  return std::nullopt;
}

}  // namespace ccms::settings
