#pragma once

#include <optional>
#include <string>

#include "server/app/config.h"
#include "server/http/message.h"

namespace ccms::server {

/// Whether people reach the server by TLS, by the configuration; decides the cookie's name and flags.
bool reached_by_tls(const Config& config);

/// The session token that the browser sent, or nothing.
std::optional<std::string> session_token_of(const Request& request, const Config& config);

/// Set-Cookie values: out of reach of scripts, not sent along by other sites' forms, and with TLS bound to
/// this host (`__Host-`).
std::string session_cookie(const std::string& token, const Config& config);
std::string expired_session_cookie(const Config& config);

}  // namespace ccms::server
