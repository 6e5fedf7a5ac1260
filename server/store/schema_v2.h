#pragma once

#include <string_view>

namespace ccms::server {

/// Turn-around times: what was computed last for a ticket, and when to look again. The rules are those of
/// schema_v1.h.
extern const std::string_view kSchemaV2;

}  // namespace ccms::server
