#include "server/http/resources/with_settings.h"

#include "server/http/problem.h"

namespace ccms::server {

Response with_settings(const Services& services,
                       const std::function<Response(const PublishedSettings&)>& answer) {
  const auto settings = services.settings.current();
  if (!settings)
    return problem(503, domain::Error{"settings_missing", "no settings have been published yet", ""});
  return answer(*settings);
}

Response ticket_not_found() {
  return problem(404, domain::Error{"not_found", "there is no such ticket", ""});
}

}  // namespace ccms::server
