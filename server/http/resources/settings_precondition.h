#pragma once

#include <optional>

#include "server/http/message.h"
#include "server/settings/draft_table.h"

namespace ccms::server {

/// The refusal of a request that has not seen the draft as it is: 412 draft_changed when If-Match names
/// another one, or If-None-Match: * finds one; 428 if_match_missing when there is a draft and the request
/// does not say which it has seen.
std::optional<Response> unseen_draft(const Request& request, const std::optional<Draft>& draft);

}  // namespace ccms::server
