#pragma once

#include "plugin/sync/signed_client.h"
#include "plugin/sync/verdict.h"

namespace ccms::plugin::sync {

/// Fetches the store's settings bundle unless ours is the current one, and puts it in force when its
/// signature is the server's. A bundle that is not right is refused, and the old one stays.
Verdict pull_settings(app::Till& till, SignedClient& client);

}  // namespace ccms::plugin::sync
