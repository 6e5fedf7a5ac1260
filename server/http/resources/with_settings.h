#pragma once

#include <functional>

#include "server/app/services.h"
#include "server/http/message.h"

namespace ccms::server {

/// Answers with the published settings at hand; 503 settings_missing as long as nothing was ever published.
Response with_settings(const Services& services,
                       const std::function<Response(const PublishedSettings&)>& answer);

/// 404 not_found: also for what exists but is not for the asker's eyes.
Response ticket_not_found();

}  // namespace ccms::server
