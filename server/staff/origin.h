#pragma once

#include "server/app/config.h"
#include "server/http/message.h"

namespace ccms::server {

/// False when a browser says that the request was made by another site's page. A request without an Origin
/// comes from no page, and is let through: the CSRF token is what keeps those out.
bool is_same_origin(const Request& request, const Config& config);

}  // namespace ccms::server
