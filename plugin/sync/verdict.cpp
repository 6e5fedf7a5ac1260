#include "plugin/sync/verdict.h"

#include <charconv>

#include "core/wire/sync_messages.h"

namespace ccms::plugin::sync {
namespace {

domain::Error problem_of(const HttpResponse& response) {
  const auto problem = wire::parse_http_problem(response.body);
  if (!problem)
    return {"http_" + std::to_string(response.status),
            "the server answered " + std::to_string(response.status),
            {}};
  return {problem->code, problem->detail.empty() ? problem->title : problem->detail,
          problem->field.value_or("")};
}

std::optional<std::chrono::milliseconds> retry_after(const HttpResponse& response) {
  const auto text = response.header("retry-after");
  unsigned seconds = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return std::chrono::seconds(seconds);
}

Reaction reaction_to(int status, const std::string& code) {
  if ((status >= 200 && status < 300) || status == 304) return Reaction::proceed;
  if (status == 409 && code == "generation_stale") return Reaction::rekey;
  if (status == 401 || status == 403 || status == 426) return Reaction::pause;
  return Reaction::retry;
}

}  // namespace

Verdict judge(const domain::Result<HttpResponse>& reply) {
  if (!reply) return {Reaction::retry, reply.error(), {}, 0};
  if (reaction_to(reply->status, {}) == Reaction::proceed) return {};
  auto problem = problem_of(*reply);
  const auto reaction = reaction_to(reply->status, problem.code);
  return {reaction, std::move(problem), retry_after(*reply), reply->status};
}

Verdict unreadable_answer(const std::string& what) {
  return {Reaction::retry, {"unreadable_answer", "the server's answer cannot be read: " + what, {}}, {}, 0};
}

}  // namespace ccms::plugin::sync
