#include "tests/server/staff/people_chain.h"

#include <stdexcept>

#include "tests/server/support/roles_in_settings.h"

namespace ccms::test {
namespace {

using nlohmann::json;

json chain() {
  const std::vector<std::string> work = {"tickets.view", "tickets.create", "tickets.comment"};
  const std::vector<std::string> people = {"people.view", "people.invite", "people.change", "people.remove"};
  const auto both = [](std::vector<std::string> one, const std::vector<std::string>& other) {
    one.insert(one.end(), other.begin(), other.end());
    return one;
  };
  json settings = json::parse(sample_settings());
  settings["roles"] = {
      role_json("hq", "chain",
                both(both(work, people), {"tickets.confidential", "tickets.for_customers", "settings.view",
                                          "settings.edit", "settings.publish", "audit.view"})),
      role_json("department_staff", "department", both(work, {"tickets.confidential"})),
      role_json("store_manager", "store", work), role_json("area_lead", "area", both(work, people)),
      role_json("office", "chain", both(people, {"audit.view"}))};
  settings["workflows"][0]["transitions"].push_back({{"id", "decline"},
                                                     {"action", "decline"},
                                                     {"label", {{"en", "Decline"}, {"de", "Ablehnen"}}},
                                                     {"from", {"in_progress"}},
                                                     {"to", "open"},
                                                     {"who", {"@assignee"}}});
  return settings;
}

}  // namespace

PeopleChain::PeopleChain() {
  server.publish(chain().dump());
  server.restart();
}

std::string PeopleChain::ticket_of(const std::string& user_id) {
  json request = StaffServer::ticket_request();
  request["ticket"]["custom"] = {{"serial_number", "SN-1"}};
  const json made = server.create_ticket(request);
  const std::string id = made["ticket_id"];
  const Answer assigned = server.post(server.hq(), "/api/v1/tickets/" + id + "/actions",
                                      {{"action", "assign"}, {"assignee", user_id}});
  if (assigned.status != 200) throw std::runtime_error("not assigned: " + assigned.response.body);
  return made["code"];
}

json PeopleChain::audit(const std::string& query) {
  const Answer answer = server.get(server.hq(), "/api/v1/audit" + query);
  EXPECT_EQ(answer.status, 200) << answer.response.body;
  return answer.json["entries"];
}

std::string PeopleChain::last_action() {
  const json entries = audit("?limit=1");
  return entries.empty() ? "" : entries[0]["action"].get<std::string>();
}

}  // namespace ccms::test
