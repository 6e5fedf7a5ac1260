#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <set>
#include <sstream>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "tests/server/support/staff_server.h"
#include "tests/support/services/run_program.h"

namespace ccms::test {
namespace {

using nlohmann::json;

/// The document as JSON: it is kept as YAML, which no library of ours reads.
json load_document() {
  const std::string python =
      "import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1])), sys.stdout)";
  ChildOptions options;
  options.command = {CCMS_PYTHON, "-c", python, CCMS_OPENAPI};
  return json::parse(run_successfully(std::move(options)));
}

const json& document() {
  static const json kDocument = load_document();
  return kDocument;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char byte) { return std::tolower(byte); });
  return text;
}

class OpenApiTest : public testing::Test {
 protected:
  /// What is wrong with an answer by the document's schema for this operation and status; empty when nothing
  /// is.
  static std::string violations(const std::string& path, const std::string& method, const Answer& answer) {
    const json& responses = document()["paths"][path][method]["responses"];
    const std::string status = std::to_string(answer.status);
    json described = responses.contains(status) ? responses[status] : responses["default"];
    if (described.contains("$ref")) described = at(described["$ref"]);
    if (!described["content"].contains(answer.response.content_type))
      return "content type " + answer.response.content_type + " is not described for " + status;
    json schema = {{"allOf", {described["content"][answer.response.content_type]["schema"]}},
                   {"components", document()["components"]}};
    return validate(schema, answer.json);
  }

 private:
  static const json& at(const std::string& reference) {
    return document()[json::json_pointer(reference.substr(1))];
  }

  static std::string validate(const json& schema_document, const json& instance) {
    valijson::Schema schema;
    valijson::SchemaParser().populateSchema(valijson::adapters::NlohmannJsonAdapter(schema_document), schema);
    valijson::Validator validator;
    valijson::ValidationResults results;
    if (validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(instance), &results)) return {};
    std::ostringstream text;
    for (valijson::ValidationResults::Error error; results.popError(error);) {
      for (const std::string& step : error.context) text << step;
      text << ": " << error.description << "\n";
    }
    return text.str() + instance.dump();
  }
};

TEST_F(OpenApiTest, EveryRouteIsDescribedAndEverythingDescribedIsARoute) {
  StaffServer server(Backend::sqlite);
  std::set<std::string> routes;
  for (const auto& route : server.router().routes()) routes.insert(lower(route.method) + " " + route.pattern);
  std::set<std::string> described;
  for (const auto& [path, operations] : document()["paths"].items()) {
    if (path.find("/demo/") != std::string::npos) continue;  // there in a demonstration only
    for (const auto& [method, operation] : operations.items()) {
      if (method != "parameters") described.insert(method + " " + path);
    }
  }
  EXPECT_EQ(routes, described);
}

TEST_F(OpenApiTest, TheServerServesTheVeryDocument) {
  StaffServer server(Backend::sqlite);
  std::ifstream file(CCMS_OPENAPI, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  EXPECT_EQ(server.get({}, "/api/v1/openapi.yaml").response.body, text);
}

TEST_F(OpenApiTest, AnswersAreWhatTheDocumentSays) {
  StaffServer server(Backend::sqlite);
  json request = StaffServer::ticket_request();
  request["ticket"]["custom"] = {{"serial_number", "AB-77"}};
  const Answer made = server.post(server.hq(), "/api/v1/tickets", request, {{"Idempotency-Key", "one"}});
  EXPECT_EQ(violations("/api/v1/tickets", "post", made), "");
  const std::string id = made.json["ticket"]["ticket_id"];
  const std::string address = "/api/v1/tickets/" + id;
  server.staff_of("repairs");
  const Answer acted = server.post(server.hq(), address + "/actions",
                                   {{"action", "assign"}, {"assignee", server.user_id_of("staff-repairs")}});
  EXPECT_EQ(violations("/api/v1/tickets/{id}/actions", "post", acted), "");
  const Answer refused = server.post(server.hq(), address + "/actions", {{"action", "dance"}});
  EXPECT_EQ(violations("/api/v1/tickets/{id}/actions", "post", refused), "");
  const Answer comment = server.post(server.hq(), address + "/comments", {{"text", "hello"}});
  EXPECT_EQ(violations("/api/v1/tickets/{id}/comments", "post", comment), "");
  server.send_notifications();

  const std::pair<const char*, std::string> reads[] = {
      {"/api/v1/session", "/api/v1/session"},
      {"/api/v1/users", "/api/v1/users"},
      {"/api/v1/meta", "/api/v1/meta"},
      {"/api/v1/form", "/api/v1/form?language=de"},
      {"/api/v1/tickets", "/api/v1/tickets?customer_number=015123456789"},
      {"/api/v1/tickets/{id}", address},
      {"/api/v1/tickets/{id}/history", address + "/history"},
      {"/api/v1/tickets/{id}/notifications", address + "/notifications"},
      {"/api/v1/changes", "/api/v1/changes"},
      {"/api/v1/stats", "/api/v1/stats"},
  };
  for (const auto& [path, target] : reads) {
    const Answer answer = server.get(server.hq(), target);
    EXPECT_EQ(answer.status, 200) << path;
    EXPECT_EQ(violations(path, "get", answer), "") << path;
  }
  EXPECT_EQ(violations("/api/v1/tickets", "get", server.get({}, "/api/v1/tickets")), "");
  EXPECT_EQ(violations("/api/v1/tickets", "get", server.get(server.hq(), "/api/v1/tickets?limit=0")), "");
}

TEST_F(OpenApiTest, AnswersAboutLinkedTicketsAreWhatTheDocumentSays) {
  StaffServer server(Backend::sqlite);
  const Caller hq = server.hq();
  const auto make = [&] { return server.create_ticket(StaffServer::ticket_request()); };
  const json one = make();
  const json twin = make();
  const json lorry = make();
  const auto address = [](const json& ticket) {
    return "/api/v1/tickets/" + ticket["ticket_id"].get<std::string>();
  };
  const auto holds = [&](const std::string& part, const std::string& method, const Answer& answer,
                         int status) {
    EXPECT_EQ(answer.status, status) << part << answer.response.body;
    EXPECT_EQ(violations("/api/v1/tickets/{id}" + part, method, answer), "") << part;
  };
  const auto link = [&](const json& ticket, const char* kind, const json& other) {
    return server.post(hq, address(ticket) + "/links", {{"kind", kind}, {"ticket", other["code"]}});
  };
  holds("/links", "post", link(one, "parent", lorry), 201);
  holds("/links", "post", link(one, "related", twin), 201);
  holds("/links", "post", link(one, "related", one), 422);
  const json merge = {{"into", one["code"]}, {"note", "The same"}};
  holds("/merge", "post", server.post(hq, address(twin) + "/merge", merge), 200);
  holds("/merge", "post", server.post(hq, address(twin) + "/merge", merge), 409);
  const Answer led = server.get(hq, "/api/v1/tickets/" + twin["code"].get<std::string>());
  holds("", "get", led, 200);
  EXPECT_EQ(led.json["redirected_from"], twin["code"]);
  holds("", "get", server.get(hq, address(lorry)), 200);
  holds("/history", "get", server.get(hq, address(one) + "/history"), 200);
  holds("/merge/undo", "post", server.post(hq, address(twin) + "/merge/undo", {{"note", "Two"}}), 200);
  holds("/links/{kind}/{other}", "delete",
        server.call(hq, "DELETE", address(one) + "/links/parent/" + lorry["code"].get<std::string>()), 200);
}

TEST_F(OpenApiTest, AnswersAboutPeopleAreWhatTheDocumentSays) {
  StaffServer server(Backend::sqlite);
  const Caller hq = server.hq();
  const auto holds = [&](const std::string& path, const std::string& method, const Answer& answer,
                         int status) {
    EXPECT_EQ(answer.status, status) << path << answer.response.body;
    EXPECT_EQ(violations("/api/v1" + path, method, answer), "") << path;
  };
  server.staff_of("repairs");
  const std::string staff = server.user_id_of("staff-repairs");
  const std::string address = "/api/v1/users/" + staff;
  json request = StaffServer::ticket_request();
  request["ticket"]["custom"] = {{"serial_number", "AB-77"}};
  const std::string ticket = server.create_ticket(request)["ticket_id"];
  server.post(hq, "/api/v1/tickets/" + ticket + "/actions", {{"action", "assign"}, {"assignee", staff}});
  holds("/users", "get", server.get(hq, "/api/v1/users?members=true"), 200);
  holds("/users/{id}", "patch",
        server.call(hq, "PATCH", address, json{{"email", "staff@example.com"}}.dump()), 200);
  holds("/users/{id}", "delete", server.call(hq, "DELETE", address), 409);
  holds("/users/{id}/reassign", "post",
        server.post(hq, address + "/reassign", {{"to", server.user_id_of("hq")}, {"reason", "leaves"}}), 200);
  holds("/users/{id}/reassign", "post",
        server.post(hq, address + "/reassign", {{"to", "nobody"}, {"reason", "leaves"}}), 422);
  EXPECT_EQ(server.call(hq, "DELETE", address).status, 204);
  holds("/users/{id}", "get", server.get(hq, address), 200);
  holds("/users/{id}", "get", server.get(hq, "/api/v1/users/nobody"), 404);

  const json north = {{"name", "North"}, {"stores", {"S001"}}};
  holds("/workspaces/{id}", "put", server.call(hq, "PUT", "/api/v1/workspaces/north", north.dump()), 200);
  holds("/workspaces", "get", server.get(hq, "/api/v1/workspaces"), 200);
  const Answer invited = server.post(
      hq, "/api/v1/invitations",
      {{"addresses", {"anna@example.com", "nobody"}}, {"role", "store_manager"}, {"workspace", "north"}});
  holds("/invitations", "post", invited, 200);
  holds("/invitations", "get", server.get(hq, "/api/v1/invitations"), 200);
  const json acceptance = {
      {"token", invited.json["invitations"][0]["token"]}, {"name", "Anna"}, {"password", "correct horse"}};
  holds("/invitations/accept", "post", server.post({}, "/api/v1/invitations/accept", acceptance), 201);
  holds("/invitations/accept", "post", server.post({}, "/api/v1/invitations/accept", acceptance), 410);
  holds("/audit", "get", server.get(hq, "/api/v1/audit?limit=2"), 200);
}

TEST_F(OpenApiTest, AnswersAboutTheSettingsAreWhatTheDocumentSays) {
  StaffServer server(Backend::sqlite);
  const Caller hq = server.hq();
  const std::string settings = "/api/v1/settings";
  const auto save = [&](const std::string& name, const StaffServer::Headers& headers) {
    json document = json::parse(sample_settings());
    document["name"] = name;
    return server.call(hq, "PUT", settings + "/draft", document.dump(), headers);
  };
  const auto holds = [&](const std::string& path, const std::string& method, const Answer& answer,
                         int status) {
    EXPECT_EQ(answer.status, status) << path << answer.response.body;
    EXPECT_EQ(violations(settings + path, method, answer), "") << path;
  };
  holds("/draft", "put", save("", {}), 201);
  holds("/draft", "put", save("Next", {}), 428);
  const auto publish = [&](const json& wish, const StaffServer::Headers& headers) {
    return server.post(hq, settings + "/draft/publish", wish, headers);
  };
  holds("/draft/publish", "post", publish(json::object(), {}), 428);
  holds("/draft/publish", "post", publish(json::object(), {{"If-Match", "*"}}), 422);
  holds("/draft", "put", save("Next", {{"If-Match", "*"}}), 200);
  holds("/draft", "get", server.get(hq, settings + "/draft"), 200);
  holds("/draft/check", "post", server.post(hq, settings + "/draft/check", json::object()), 200);
  holds("/draft/preview", "post", server.post(hq, settings + "/draft/preview", {{"store", "S001"}}), 200);
  holds("/versions", "get", server.get(hq, settings + "/versions"), 200);
  holds("/draft/publish", "post", publish({{"note", "why"}, {"areas", {"berlin"}}}, {{"If-Match", "*"}}),
        201);
  holds("/versions/{version}", "get", server.get(hq, settings + "/versions/2"), 200);
  holds("/versions/{version}/difference", "get", server.get(hq, settings + "/versions/1/difference?to=2"),
        200);
  holds("/rollouts", "post", server.post(hq, settings + "/rollouts", {{"version", 1}, {"everyone", true}}),
        409);
  EXPECT_EQ(server.call(hq, "DELETE", settings + "/rollouts/2").status, 204);
  holds("/rollouts", "post", server.post(hq, settings + "/rollouts", {{"version", 2}, {"everyone", true}}),
        200);
  holds("/rollback", "post", server.post(hq, settings + "/rollback", {{"to", 1}}), 201);
  holds("/versions", "get", server.get(hq, settings + "/versions?limit=2"), 200);
}

TEST_F(OpenApiTest, AnswersAboutWhatWouldHappenAreWhatTheDocumentSays) {
  StaffServer server(Backend::sqlite);
  json ticket = StaffServer::ticket_request();
  ticket["ticket"]["category"] = "other";
  server.create_ticket(ticket);
  server.clock().advance(std::chrono::hours(24 * 30));
  const Caller hq = server.hq();
  const auto holds = [&](const std::string& path, const json& wish, int status) {
    const Answer answer = server.post(hq, "/api/v1/settings" + path, wish);
    EXPECT_EQ(answer.status, status) << path << answer.response.body;
    EXPECT_EQ(violations("/api/v1/settings" + path, "post", answer), "") << path;
    return answer;
  };
  json draft = json::parse(sample_settings());
  draft["routing"]["fallback"] = {{"department", "store_operations"}, {"priority", "urgent"}};
  draft["escalation"]["ladders"][0]["steps"][0]["set_priority"] = "high";
  server.call(hq, "PUT", "/api/v1/settings/draft", draft.dump());

  const Answer replayed = holds("/draft/replay", {{"last", 10}}, 200);
  EXPECT_EQ(replayed.json["changed"].size(), 1U) << replayed.response.body;
  holds("/draft/replay", {{"last", 5001}}, 422);
  const json wish = {{"store", "S001"}, {"at", "2026-11-27T17:50"}};
  holds("/simulations", wish, 200);
  json other = wish;
  other["draft"] = true;
  holds("/simulations", other, 200);
  other["version"] = 1;
  holds("/simulations", other, 422);
  other["draft"] = false;
  holds("/simulations", other, 200);
  other["version"] = 7;
  holds("/simulations", other, 404);
}

}  // namespace
}  // namespace ccms::test
