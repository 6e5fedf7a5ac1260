#pragma once

#include <cstdint>

namespace ccms::test {

// A TCP port on 127.0.0.1 that nothing listens on and that no other test of this machine is given until this
// process ends. It lies below the range the kernel takes outgoing ports from, so that it stays free.
// Throws std::runtime_error when there is none.
std::uint16_t free_port();

// True when something accepts connections on 127.0.0.1:port now.
bool accepts_connections(std::uint16_t port);

}  // namespace ccms::test
