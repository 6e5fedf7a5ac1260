#pragma once

#include <string>
#include <vector>

#include "tests/server/support/staff_server.h"

namespace ccms::test {

/// The sample chain with roles that look after people: `area_lead` within an area, and `office` for the whole
/// chain but without a permission about tickets. Who has a ticket in progress may give it back: then it is
/// open again.
class PeopleChain : public OnBothDatabases {
 protected:
  using json = nlohmann::json;
  using Headers = StaffServer::Headers;

  PeopleChain();

  Caller lead_of(const std::string& area) { return server.sign_in_as("lead-" + area, {{"area_lead", area}}); }
  Caller office() { return server.sign_in_as("office", {{"office", ""}}); }

  /// Somebody who is signed in; returns the user's id.
  std::string member(const std::string& login, std::vector<server::RoleGrant> roles) {
    server.sign_in_as(login, std::move(roles));
    return server.user_id_of(login);
  }

  Answer patch(const Caller& caller, const std::string& user_id, const json& change, Headers headers = {}) {
    return server.call(caller, "PATCH", "/api/v1/users/" + user_id, change.dump(), std::move(headers));
  }
  Answer remove(const Caller& caller, const std::string& user_id, Headers headers = {}) {
    return server.call(caller, "DELETE", "/api/v1/users/" + user_id, std::nullopt, std::move(headers));
  }
  json user(const std::string& user_id) {
    return server.get(server.hq(), "/api/v1/users/" + user_id).json["user"];
  }

  /// A ticket of the department of repairs, assigned to somebody; its code.
  std::string ticket_of(const std::string& user_id);
  json ticket(const std::string& code) {
    return server.get(server.hq(), "/api/v1/tickets/" + code).json["ticket"];
  }

  /// The audit log's newest entries, as it shows them.
  json audit(const std::string& query = "");
  /// Of the newest entry.
  std::string last_action();
};

}  // namespace ccms::test
