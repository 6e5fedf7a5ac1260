#include "plugin/sync/queries.h"

#include <nlohmann/json.hpp>

#include "plugin/sync/verdict.h"

namespace ccms::plugin::sync {

domain::Result<std::string> query_tickets(SignedClient& client, const app::NetworkRequest& request) {
  const auto reply = client.call({"GET", request.argument, {}, {}});
  if (!reply)
    return domain::Error{"unavailable", "the server cannot be reached: " + reply.error().message, {}};
  if (reply->status == 404) return domain::Error{"not_found", "the server knows no such ticket", {}};
  if (const auto verdict = judge(reply); verdict.reaction != Reaction::proceed) return verdict.problem;
  if (!nlohmann::json::accept(reply->body)) {
    return domain::Error{"unavailable", "the server's answer cannot be read", {}};
  }
  return reply->body;
}

}  // namespace ccms::plugin::sync
