#pragma once

#include "tests/server/support/due_tickets.h"
#include "tests/server/support/staff_server.h"

namespace ccms::test {

/// A server whose clock a test moves to moments of its choosing, with the job that looks at deadlines.
class DeadlinesFixture : public OnBothDatabases {
 protected:
  static server::Instant at(const char* rfc3339) { return domain::parse_rfc3339(rfc3339).value(); }

  void go_to(const char* rfc3339) {
    const auto moment = at(rfc3339);
    ASSERT_GE(moment, server.clock().now()) << "time goes forward";
    server.clock().advance(moment - server.clock().now());
  }

  std::size_t look() { return look_at_due_tickets(server); }

  nlohmann::json create(const char* category = "other") {
    auto request = StaffServer::ticket_request();
    request["ticket"]["category"] = category;
    return server.create_ticket(request);
  }
  nlohmann::json ticket(const nlohmann::json& known) {
    return server.get(server.hq(), address(known)).json["ticket"];
  }
  nlohmann::json act(const nlohmann::json& known, const nlohmann::json& action) {
    const auto answer = server.post(server.hq(), address(known, "/actions"), action);
    EXPECT_EQ(answer.status, 200) << answer.response.body;
    return answer.json["ticket"];
  }
  /// The data of a ticket's events of one type, oldest first.
  std::vector<nlohmann::json> events(const nlohmann::json& known, const std::string& type) {
    std::vector<nlohmann::json> found;
    const auto history = server.get(server.hq(), address(known, "/history"));
    for (const auto& event : history.json["events"]) {
      if (event["type"] == type) found.push_back(event["data"]);
    }
    return found;
  }
  std::vector<nlohmann::json> messages(const nlohmann::json& known, const std::string& on) {
    return server.messages_about(known, on);
  }

  static std::string address(const nlohmann::json& known, const std::string& part = "") {
    return "/api/v1/tickets/" + known["ticket_id"].get<std::string>() + part;
  }
};

}  // namespace ccms::test
