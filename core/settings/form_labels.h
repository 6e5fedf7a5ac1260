#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/settings/form_settings.h"

namespace ccms::settings {

/// The title of one of CCMS's own fields or values in a language: what the settings say under "labels", else
/// the built-in English or German; any other language reads English. Keys are the field's path in a request
/// ("details", "complainant.mobile") or field and value ("kind.complaint"). An unknown key is a programming
/// error and throws std::logic_error.
std::string form_label(const FormSettings& settings, std::string_view key, std::string_view language);

/// Whether there is such a key.
bool is_form_label(std::string_view key) noexcept;

}  // namespace ccms::settings
