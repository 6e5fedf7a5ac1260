#pragma once

#include <string_view>

namespace ccms::server {

/// The life of a settings document: what is being written, and which stores have a version before everybody.
/// The rules are those of schema_v1.h.
extern const std::string_view kSchemaV3;

}  // namespace ccms::server
