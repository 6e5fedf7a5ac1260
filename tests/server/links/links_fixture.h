#pragma once

#include <string>
#include <vector>

#include "tests/server/support/staff_server.h"

namespace ccms::test {

/// A server with tickets that are linked and merged.
class LinksFixture : public OnBothDatabases {
 protected:
  using json = nlohmann::json;

  json create(const json& change = json::object()) {
    json request = StaffServer::ticket_request();
    request.merge_patch(change);
    server.clock().advance(std::chrono::seconds(1));
    return server.create_ticket(request);
  }
  json create_confidential() { return create({{"ticket", {{"category", "staff_behaviour"}}}}); }
  json create_of_other_customer() {
    return create({{"complainant", {{"name", "Bert Braun"}, {"mobile", "0160 7654321"}}}});
  }

  static std::string code_of(const json& ticket) { return ticket["code"]; }
  static std::string address(const json& ticket, const std::string& part = "") {
    return "/api/v1/tickets/" + ticket["ticket_id"].get<std::string>() + part;
  }
  static std::string by_code(const json& ticket, const std::string& part = "") {
    return "/api/v1/tickets/" + code_of(ticket) + part;
  }

  Answer link(const json& ticket, const std::string& kind, const json& other) {
    return server.post(server.hq(), address(ticket, "/links"), {{"kind", kind}, {"ticket", code_of(other)}});
  }
  Answer unlink(const json& ticket, const std::string& kind, const json& other) {
    return server.call(server.hq(), "DELETE", address(ticket, "/links/" + kind + "/" + code_of(other)));
  }
  Answer merge(const json& ticket, const json& into, const json& more = json::object(),
               StaffServer::Headers headers = {}) {
    json request = {{"into", code_of(into)}, {"note", "The same complaint"}};
    request.update(more);
    return server.post(server.hq(), address(ticket, "/merge"), request, std::move(headers));
  }
  Answer undo(const json& ticket) {
    return server.post(server.hq(), by_code(ticket, "/merge/undo"), {{"note", "Not the same after all"}});
  }
  /// Into one that is due no earlier, where that is not what the test is about.
  void merged(const json& ticket, const json& into) {
    const Answer answer = merge(ticket, into, {{"accept_later_deadline", true}});
    ASSERT_EQ(answer.status, 200) << answer.response.body;
  }

  json ticket(const json& known) { return server.get(server.hq(), address(known)).json["ticket"]; }
  /// The data of a ticket's events of one type, oldest first, as hq reads them.
  std::vector<json> events(const json& known, const std::string& type) {
    return events_seen_by(server.hq(), known, type);
  }
  std::vector<json> events_seen_by(const Caller& caller, const json& known, const std::string& type) {
    std::vector<json> found;
    const Answer history = server.get(caller, address(known, "/history"));
    for (const json& event : history.json["events"]) {
      if (event["type"] == type) found.push_back(event["data"]);
    }
    return found;
  }
  std::vector<std::string> codes_of(const json& tickets) {
    std::vector<std::string> codes;
    for (const json& found : tickets) codes.push_back(found["code"]);
    return codes;
  }
  std::vector<std::string> listed(const std::string& query) {
    return codes_of(server.get(server.hq(), "/api/v1/tickets?sort=created_at&" + query).json["tickets"]);
  }
};

}  // namespace ccms::test
