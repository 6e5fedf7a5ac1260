#include "core/settings/email_shape.h"

#include "core/domain/text.h"

namespace ccms::settings {

bool has_email_shape(std::string_view text) noexcept {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || text.find('@', at + 1) != std::string_view::npos) return false;
  if (text.find(' ') != std::string_view::npos) return false;
  const std::size_t local = domain::count_code_points(text.substr(0, at));
  const std::size_t host = domain::count_code_points(text.substr(at + 1));
  return local >= 1 && local <= 64 && host >= 1 && host <= 189;
}

}  // namespace ccms::settings
