#include "server/http/problem.h"

#include <Poco/Net/HTTPResponse.h>

#include <nlohmann/json.hpp>

namespace ccms::server {
namespace {

using nlohmann::json;

constexpr const char* kProblemType = "application/problem+json";

/// Text that came from outside may hold broken UTF-8: an answer about it must still be sent.
std::string dump(const json& document) {
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

Response from_json(int status, json document) {
  document["type"] = "about:blank";
  document["title"] =
      Poco::Net::HTTPResponse::getReasonForStatus(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(status));
  document["status"] = status;
  return {.status = status, .content_type = kProblemType, .body = dump(document), .headers = {}};
}

json members(const domain::Error& error) {
  json document{{"code", error.code}, {"detail", error.message}};
  if (!error.field.empty()) document["field"] = error.field;
  return document;
}

}  // namespace

json error_json(const domain::Error& error) {
  json document{{"code", error.code}, {"message", error.message}};
  if (!error.field.empty()) document["field"] = error.field;
  return document;
}

Response problem(int status, const domain::Error& error) { return from_json(status, members(error)); }

Response problem(int status, const std::vector<domain::Error>& errors) {
  json document = members(errors.front());
  json all = json::array();
  for (const auto& error : errors) all.push_back(error_json(error));
  document["errors"] = std::move(all);
  return from_json(status, std::move(document));
}

Response problem(int status, const domain::Error& error, const json& extra) {
  json document = members(error);
  document.update(extra);
  return from_json(status, std::move(document));
}

Response json_response(int status, const json& body) {
  return {.status = status, .content_type = "application/json", .body = dump(body), .headers = {}};
}

Response no_content() { return {.status = 204, .content_type = "", .body = "", .headers = {}}; }

void stamp_request_id(Response& response, const std::string& request_id) {
  if (response.content_type != kProblemType) return;
  json document = json::parse(response.body, nullptr, false);
  if (!document.is_object()) return;
  document["request_id"] = request_id;
  response.body = dump(document);
}

}  // namespace ccms::server
