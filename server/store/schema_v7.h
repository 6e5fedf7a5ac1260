#pragma once

#include <string_view>

namespace ccms::server {

/// Who is away, and whose turn it was. The rules are those of schema_v1.h.
extern const std::string_view kSchemaV7;

}  // namespace ccms::server
