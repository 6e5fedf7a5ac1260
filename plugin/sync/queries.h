#pragma once

#include "plugin/app/request_board.h"
#include "plugin/sync/signed_client.h"

namespace ccms::plugin::sync {

/// Asks the server about tickets for the UI thread: the answer is passed on as the server's JSON. Errors:
/// "not_found", "unavailable", or what the server said. A query that a healthy server would have answered by
/// now gives way when another one waits: a clerk who searches again has given up the first search.
domain::Result<std::string> query_tickets(SignedClient& client, const app::RequestBoard& board,
                                          const app::NetworkRequest& request);

}  // namespace ccms::plugin::sync
