#include "plugin/abi/error.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ccms::plugin::abi {
namespace {

constexpr std::array<std::pair<std::string_view, ccms_status_t>, 9> kStatuses{{
    {"incompatible", CCMS_INCOMPATIBLE},
    {"refused", CCMS_REFUSED},
    {"not_found", CCMS_NOT_FOUND},
    {"duplicate_suspected", CCMS_DUPLICATE_SUSPECTED},
    {"not_enrolled", CCMS_NOT_ENROLLED},
    {"busy", CCMS_BUSY},
    {"storage", CCMS_STORAGE},
    {"unavailable", CCMS_UNAVAILABLE},
    {"internal", CCMS_INTERNAL},
}};

template <std::size_t Size>
void copy_cut(char (&to)[Size], std::string_view text) noexcept {
  std::size_t length = std::min(text.size(), Size - 1);
  // A continuation byte right behind the cut means that the cut is inside a character.
  if (length < text.size()) {
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) --length;
  }
  text.copy(to, length);
  to[length] = '\0';
}

}  // namespace

ccms_status_t status_of(const domain::Error& error) {
  const auto* found = std::find_if(kStatuses.begin(), kStatuses.end(),
                                   [&](const auto& entry) { return entry.first == error.code; });
  return found == kStatuses.end() ? CCMS_INVALID_ARGUMENT : found->second;
}

int32_t report(ccms_error_t* out, ccms_status_t status, std::string_view message,
               std::string_view field) noexcept {
  if (out != nullptr && out->struct_size >= sizeof(ccms_error_t)) {
    out->code = status;
    copy_cut(out->message, message);
    copy_cut(out->field, field);
  }
  return status;
}

}  // namespace ccms::plugin::abi
