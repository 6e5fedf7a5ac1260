#pragma once

#include <string>

#include "core/db/connection.h"
#include "plugin/app/till.h"

namespace ccms::plugin::sync {

/// Compares the server's epoch with the one last seen, in the caller's transaction. Another one means that
/// the server was restored from a copy and may have lost what it had acknowledged since: everything that is
/// still kept is sent again, and ticket updates are asked for from the beginning. True when it has changed.
bool notice_server_epoch(db::Connection& connection, const app::Till& till, const std::string& server_epoch);

}  // namespace ccms::plugin::sync
