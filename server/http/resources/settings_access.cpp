#include "server/http/resources/settings_access.h"

#include <string>
#include <utility>

#include "server/http/problem.h"

namespace ccms::server {

Handler with_permission(settings::Permission permission, Handler handler) {
  return [permission, handler = std::move(handler)](const Request& request) -> Response {
    if (!request.principal.may_everywhere(permission)) {
      return problem(403, domain::Error{"forbidden",
                                        "this needs the permission " +
                                            std::string(domain::to_text(permission)) + " for the whole chain",
                                        ""});
    }
    return handler(request);
  };
}

}  // namespace ccms::server
