#include "host-sim/run/agent.h"

#include <mutex>
#include <nlohmann/json.hpp>
#include <string>

#include "host-sim/till/till.h"

namespace ccms::host_sim {
namespace {

using nlohmann::json;

PluginReply answer(Till& till, const json& request) {
  if (const auto event = request.find("event"); event != request.end()) return till.event(event->dump());
  const auto call = request.find("call");
  if (call == request.end() || !call->is_string())
    return {CCMS_INVALID_ARGUMENT, {}, "a line needs \"call\" or \"event\"", "/call"};
  return till.call(call->get<std::string>(), request.value("request", json::object()).dump());
}

// The plugin's own bytes are passed on as they are, not parsed and written again.
std::string line_of(const PluginReply& reply) {
  if (reply.ok()) return R"({"status":0,"reply":)" + (reply.json.empty() ? "{}" : reply.json) + "}";
  return json{{"status", reply.status}, {"message", reply.message}, {"field", reply.field}}.dump();
}

}  // namespace

int run_agent(const TillConfig& config, std::istream& requests, std::ostream& replies, std::ostream& log) {
  std::mutex log_mutex;
  Till till(config, [&](int level, std::string_view message) {
    const std::lock_guard lock(log_mutex);
    log << config.till << " " << level << " " << message << std::endl;
  });
  replies << R"({"ready":true})" << std::endl;  // each line is flushed: the process may be killed at any time
  for (std::string line; std::getline(requests, line);) {
    const auto request = json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (request.is_object() && request.value("announce", false))
      replies << json{{"begins", request.value("call", "")}}.dump() << std::endl;
    const auto reply = request.is_object()
                           ? answer(till, request)
                           : PluginReply{CCMS_INVALID_ARGUMENT, {}, "the line is not a JSON object", {}};
    replies << line_of(reply) << std::endl;
  }
  return 0;
}

}  // namespace ccms::host_sim
