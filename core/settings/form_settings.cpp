#include "core/settings/form_settings.h"

#include <algorithm>

#include "core/domain/text.h"

namespace ccms::settings {

bool Category::offered_for(domain::TicketKind kind) const noexcept {
  return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

std::size_t Field::length_limit() const noexcept {
  const std::size_t limit = type == FieldType::long_text ? domain::kLongTextLimit : domain::kShortTextLimit;
  return std::min(max_length.value_or(limit), limit);
}

const Choice* Field::find_option(std::string_view option) const noexcept {
  return find_by_id(options, option);
}

const Field* FormSettings::find_field(std::string_view id) const noexcept { return find_by_id(fields, id); }

}  // namespace ccms::settings
