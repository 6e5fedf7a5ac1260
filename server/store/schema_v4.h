#pragma once

#include <string_view>

namespace ccms::server {

/// Several workflows in one chain. The rules are those of schema_v1.h.
extern const std::string_view kSchemaV4;

}  // namespace ccms::server
