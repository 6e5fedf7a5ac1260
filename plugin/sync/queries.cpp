#include "plugin/sync/queries.h"

#include <chrono>
#include <nlohmann/json.hpp>

#include "plugin/sync/verdict.h"

namespace ccms::plugin::sync {

namespace {

constexpr std::chrono::seconds kHealthyAnswer{1};

}  // namespace

domain::Result<std::string> query_tickets(SignedClient& client, const app::RequestBoard& board,
                                          const app::NetworkRequest& request) {
  const auto patient_until = std::chrono::steady_clock::now() + kHealthyAnswer;
  const auto gives_way = [&board, patient_until] {
    return std::chrono::steady_clock::now() > patient_until && board.query_waiting();
  };
  const auto reply = client.call({"GET", request.argument, {}, {}, gives_way});
  if (!reply && reply.error().code == "overtaken")
    return domain::Error{"unavailable", reply.error().message, {}};
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
