#pragma once

#include <string_view>

namespace ccms::server {

/// The people of the chain: what was done in administration, invitations, workspaces, members who left. The
/// rules are those of schema_v1.h.
extern const std::string_view kSchemaV6;

}  // namespace ccms::server
