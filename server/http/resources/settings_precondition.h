#pragma once

#include <optional>

#include "server/http/message.h"
#include "server/settings/draft_table.h"

namespace ccms::server {

/// The refusal of a request that has not seen the draft as it is: 412 draft_changed when If-Match names
/// another one, or If-None-Match: * finds one. Nothing when there is no precondition, or it holds.
std::optional<Response> unseen_draft(const Request& request, const std::optional<Draft>& draft);

/// The same, and 428 if_match_missing when there is a draft and the request does not say which it has seen.
std::optional<Response> unseen_draft_or_silent(const Request& request, const std::optional<Draft>& draft);

}  // namespace ccms::server
