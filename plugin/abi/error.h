#pragma once

#include <string_view>

#include "core/domain/result.h"
#include "plugin/include/ccms/ccms_plugin.h"

namespace ccms::plugin::abi {

/// The status of an error of our own: its `code` decides ("not_found", "not_enrolled", …). Codes that
/// describe what is wrong with a request ("missing_field", "too_long", …) are invalid arguments.
ccms_status_t status_of(const domain::Error& error);

/// Fills the caller's struct, if there is one that is large enough, and returns `status`. Texts that are too
/// long are cut at a character boundary. Never throws.
int32_t report(ccms_error_t* out, ccms_status_t status, std::string_view message,
               std::string_view field = {}) noexcept;

}  // namespace ccms::plugin::abi
