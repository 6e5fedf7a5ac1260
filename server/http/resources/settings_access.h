#pragma once

#include "server/http/router.h"

namespace ccms::server {

/// The handler for those who have the role hq, staff and clients alike; 403 forbidden for everybody else.
Handler for_headquarters(Handler handler);

}  // namespace ccms::server
