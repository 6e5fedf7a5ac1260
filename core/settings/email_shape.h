#pragma once

#include <string_view>

namespace ccms::settings {

/// What kEmailPattern says, for those who have no regular expressions at hand.
bool has_email_shape(std::string_view text) noexcept;

/// For forms. Whether an address exists shows when mail is sent; this catches a forgotten @.
inline constexpr const char* kEmailPattern = "^[^@ ]{1,64}@[^@ ]{1,189}$";

}  // namespace ccms::settings
