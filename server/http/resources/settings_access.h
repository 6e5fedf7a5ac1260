#pragma once

#include "core/settings/role_settings.h"
#include "server/http/router.h"

namespace ccms::server {

/// The handler for those who have a permission for the whole chain, staff and clients alike; 403 forbidden
/// for everybody else.
Handler with_permission(settings::Permission permission, Handler handler);

}  // namespace ccms::server
