#pragma once

#include "plugin/sync/signed_client.h"
#include "plugin/sync/verdict.h"

namespace ccms::plugin::sync {

/// Takes what has changed on the tickets of this store since the last time. Rows still to be sent are never
/// touched.
Verdict pull_changes(app::Till& till, SignedClient& client);

}  // namespace ccms::plugin::sync
