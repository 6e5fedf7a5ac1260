#pragma once

#include <cstddef>

#include "tests/server/support/server_under_test.h"

namespace ccms::test {

/// What one process does about the tickets that are due now, until none is; returns at how many it looked.
std::size_t look_at_due_tickets(ServerUnderTest& server);

}  // namespace ccms::test
