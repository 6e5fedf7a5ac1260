#include "core/settings/text.h"

namespace ccms::settings {

const std::string& Text::in(std::string_view language) const noexcept {
  static const std::string nothing;
  for (const auto& [tag, text] : translations_) {
    if (tag == language) return text;
  }
  return translations_.empty() ? nothing : translations_.front().second;
}

}  // namespace ccms::settings
