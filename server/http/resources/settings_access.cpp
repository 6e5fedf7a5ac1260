#include "server/http/resources/settings_access.h"

#include <algorithm>
#include <utility>

#include "server/http/problem.h"

namespace ccms::server {

Handler for_headquarters(Handler handler) {
  return [handler = std::move(handler)](const Request& request) -> Response {
    const auto& roles = request.principal.roles;
    const bool is_hq =
        std::any_of(roles.begin(), roles.end(), [](const RoleGrant& grant) { return grant.role == "hq"; });
    if (!is_hq) return problem(403, domain::Error{"forbidden", "settings are for headquarters", ""});
    return handler(request);
  };
}

}  // namespace ccms::server
