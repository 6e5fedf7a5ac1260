#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/domain/result.h"
#include "server/http/message.h"

namespace ccms::server {

/// application/problem+json. The dispatcher adds the request's id.
Response problem(int status, const domain::Error& error);
/// Several errors at once: the first one is the title's, all are listed under "errors". `errors` is not
/// empty.
Response problem(int status, const std::vector<domain::Error>& errors);
/// With members of its own besides the standard ones (`extra` is a JSON object).
Response problem(int status, const domain::Error& error, const nlohmann::json& extra);

Response json_response(int status, const nlohmann::json& body);
Response no_content();

/// One error as it stands inside answers: {"code","message","field"?}.
nlohmann::json error_json(const domain::Error& error);

/// Puts "request_id" into a problem; other responses are left alone.
void stamp_request_id(Response& response, const std::string& request_id);

}  // namespace ccms::server
