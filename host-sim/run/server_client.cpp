#include "host-sim/run/server_client.h"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPCookie.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>
#include <Poco/UUIDGenerator.h>

#include <stdexcept>
#include <utility>
#include <vector>

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
  const Poco::URI uri(url_);
  Poco::Net::HTTPClientSession session(uri.getHost(), uri.getPort());
  session.setTimeout(Poco::Timespan(60, 0));
  Poco::Net::HTTPRequest request(method, path, Poco::Net::HTTPMessage::HTTP_1_1);
  if (!cookie_.empty()) request.set("Cookie", cookie_);
  if (method != "GET") {
    request.setContentType("application/json");
    request.setContentLength64(static_cast<Poco::Int64>(body.size()));
    request.set("Idempotency-Key", Poco::UUIDGenerator::defaultGenerator().createRandom().toString());
    if (!csrf_.empty()) request.set("X-CSRF-Token", csrf_);
  }
  session.sendRequest(request) << body;
  Poco::Net::HTTPResponse response;
  std::string reply;
  Poco::StreamCopier::copyToString(session.receiveResponse(response), reply);
  if (response.getStatus() >= Poco::Net::HTTPResponse::HTTP_BAD_REQUEST)
    throw std::runtime_error(method + " " + path + " answered " + std::to_string(response.getStatus()) +
                             ": " + reply);
  std::vector<Poco::Net::HTTPCookie> cookies;
  response.getCookies(cookies);
  for (const auto& cookie : cookies) cookie_ = cookie.getName() + "=" + cookie.getValue();
  return reply.empty() ? nlohmann::json::object() : nlohmann::json::parse(reply);
}

}  // namespace ccms::host_sim
