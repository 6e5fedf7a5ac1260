#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace ccms::settings {

/// What the schema wants of the value at `path` (RFC 6901) of a document, for whoever wrote another one:
/// "must be one of mon, tue", "must be a whole number". `code` is what is wrong, as check_schema() reports
/// it. Of a value that the schema does not describe, "is not as the schema wants it".
std::string what_is_wanted(const nlohmann::json& schema, std::string_view path, std::string_view code);

}  // namespace ccms::settings
