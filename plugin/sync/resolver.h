#pragma once

#include <Poco/Net/SocketAddress.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace ccms::plugin::sync {

/// The addresses of a host, or none: unknown name, time over, or `aborted` answered true (asked several times
/// a second). A name server that never answers must not hold up stop(): getaddrinfo cannot be interrupted, so
/// the C library's own resolver thread does the waiting. It runs no code of ours, and so a query that is
/// given up does not keep the plugin loaded. Numeric addresses are not looked up.
std::vector<Poco::Net::SocketAddress> resolve(const std::string& host, std::uint16_t port,
                                              std::chrono::milliseconds timeout,
                                              const std::function<bool()>& aborted);

}  // namespace ccms::plugin::sync
