#include "host-sim/run/server_client.h"

#include <Poco/UUIDGenerator.h>

#include <stdexcept>
#include <utility>

#include "host-sim/net/http_json.h"

namespace ccms::host_sim {

ServerClient::ServerClient(std::string url, const std::string& user, const std::string& password)
    : url_(std::move(url)) {
  const auto session = post("/api/v1/session", {{"user", user}, {"password", password}});
  csrf_ = session.at("csrf").get<std::string>();
}

nlohmann::json ServerClient::get(const std::string& path) { return exchange("GET", path, {}); }

nlohmann::json ServerClient::post(const std::string& path, const nlohmann::ordered_json& body) {
  return exchange("POST", path, body.dump());
}

nlohmann::json ServerClient::exchange(const std::string& method, const std::string& path,
                                      const std::string& body) {
  std::map<std::string, std::string> headers;
  if (!cookie_.empty()) headers["Cookie"] = cookie_;
  if (method != "GET") {
    headers["Idempotency-Key"] = Poco::UUIDGenerator::defaultGenerator().createRandom().toString();
    if (!csrf_.empty()) headers["X-CSRF-Token"] = csrf_;
  }
  const auto reply = exchange_http(url_, method, path, body, headers);
  if (reply.status >= 400)
    throw std::runtime_error(method + " " + path + " answered " + std::to_string(reply.status) + ": " +
                             reply.body);
  for (const auto& [name, value] : reply.cookies) cookie_ = name + "=" + value;
  return reply.body.empty() ? nlohmann::json::object() : nlohmann::json::parse(reply.body);
}

}  // namespace ccms::host_sim
