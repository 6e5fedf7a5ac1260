#pragma once

#include <vector>

#include "server/notify/channel.h"

namespace ccms::server {

/// One message that says what several to the same recipient would have said, in their order and under the
/// first one's id. One alone stays as it is. At least one.
Message digest_of(const std::vector<Message>& messages);

}  // namespace ccms::server
