#pragma once

#include <cstdint>

#include "server/http/message.h"

namespace ccms::test {

/// Sends a request to 127.0.0.1:port over a connection of its own. Throws Poco::Exception when there is no
/// answer.
server::Response send_over_http(std::uint16_t port, const server::Request& request);

}  // namespace ccms::test
