#pragma once

#include <string_view>

namespace ccms::server {

/// Tickets that belong together: parents, related ones, merged ones. The rules are those of schema_v1.h.
extern const std::string_view kSchemaV5;

}  // namespace ccms::server
