#include "core/domain/ids.h"

#include <algorithm>

#include "core/domain/text.h"

namespace ccms::domain {
namespace {

bool is_alphanumeric(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_lower_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

bool is_settings_id(std::string_view text) {
  constexpr std::size_t kLimit = 64;
  if (text.empty() || text.size() > kLimit || !is_alphanumeric(text.front())) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_alphanumeric(c) || c == '_' || c == '.' || c == '-'; });
}

bool is_uuid_v7(std::string_view text) {
  constexpr std::string_view kShape = "xxxxxxxx-xxxx-7xxx-vxxx-xxxxxxxxxxxx";
  if (text.size() != kShape.size()) return false;
  return std::equal(text.begin(), text.end(), kShape.begin(), [](char c, char shape) {
    if (shape == 'x') return is_lower_hex(c);
    if (shape == 'v') return c == '8' || c == '9' || c == 'a' || c == 'b';
    return c == shape;
  });
}

bool is_external_id(std::string_view text) {
  return !text.empty() && is_valid_utf8(text) && count_code_points(text) <= kShortTextLimit &&
         !has_control_characters(text) && text.find_first_of("\n\t") == std::string_view::npos;
}

}  // namespace ccms::domain
