#pragma once

#include <string_view>

namespace ccms::server {

/// Messages that leave together, and tickets that wait for somebody. The rules are those of schema_v1.h.
extern const std::string_view kSchemaV8;

}  // namespace ccms::server
