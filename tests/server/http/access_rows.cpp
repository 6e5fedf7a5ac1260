#include "tests/server/http/access_rows.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace ccms::test {
namespace {

using nlohmann::json;
using Probes = std::vector<Probe>;
using Make = std::function<Probes(const Subject&)>;

/// A ticket under every name that it goes by.
std::vector<std::string> names_of(const Subject& subject) {
  std::string lower = subject.symbols();
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return {subject.id, subject.code, lower};
}

Make of_ticket(const char* method, const std::string& part, const json& body = nullptr) {
  return [method, part, body](const Subject& subject) {
    Probes probes;
    for (const std::string& name : names_of(subject))
      probes.push_back({method, "/api/v1/tickets/" + name + part, body.is_null() ? "" : body.dump()});
    return probes;
  };
}

Make always(std::string method, std::string target, std::string body = "") {
  return [probe = Probe{std::move(method), std::move(target), std::move(body)}](const Subject&) {
    return Probes{probe};
  };
}

/// The list under every filter: those that fit the ticket, and one that finds only what is soon due.
Probes lists(const Subject& subject) {
  const std::string first_name = subject.customer.substr(0, subject.customer.find(' '));
  std::vector<std::string> filters = {"",
                                      "code=" + subject.code,
                                      "code=" + subject.symbols().substr(0, 6),
                                      "customer_number=%2B" + subject.mobile.substr(1),
                                      "q=" + first_name,
                                      "q=" + subject.details.substr(0, subject.details.find(' ')),
                                      "status=open",
                                      "category=" + subject.category,
                                      "store=" + subject.store,
                                      "kind=complaint",
                                      "assignee=none",
                                      "created_from=2026-11-01",
                                      "created_to=2026-12-01",
                                      "ready=false",
                                      "sort=created_at",
                                      "limit=200"};
  if (!subject.department.empty()) {
    filters.push_back("department=" + subject.department);
    filters.emplace_back("priority=low&priority=medium&priority=high&priority=urgent");
    filters.emplace_back("verification=unverified&verification=pending&verification=mismatch");
    filters.emplace_back("due=overdue");
    filters.emplace_back("due=breached");
  }
  if (!subject.serial.empty()) filters.push_back("custom.serial_number=" + subject.serial);
  Probes probes;
  for (const std::string& filter : filters)
    probes.push_back({"GET", "/api/v1/tickets?" + filter + (subject.training ? "&training=true" : ""), ""});
  probes.push_back({"GET", "/api/v1/tickets?due=soon", "", false});
  probes.push_back({"GET", "/api/v1/tickets?merged=true", "", false});
  probes.push_back({"GET", "/api/v1/tickets?parent=" + subject.code, "", false});
  probes.push_back({"GET", "/api/v1/tickets?limit=1", "", false});
  return probes;
}

Probes till_lists(const Subject& subject) {
  const std::string training = subject.training ? "&training=true" : "";
  Probes probes;
  for (const std::string& filter :
       {std::string("limit=50"), "code=" + subject.code, "customer_number=%2B" + subject.mobile.substr(1),
        "store=" + subject.store})
    probes.push_back({"GET", "/api/v1/sync/tickets?" + filter + training, ""});
  return probes;
}

Probes by_code(const Subject& subject) {
  return {{"GET", "/api/v1/sync/tickets/" + subject.symbols(), ""},
          {"GET", "/api/v1/sync/tickets/" + subject.code, ""}};
}

Row settings_row(const char* method, const std::string& pattern, std::string target,
                 const json& body = nullptr) {
  return {std::string(method) + " /api/v1/settings" + pattern, Rule::permission, "settings",
          always(method, "/api/v1/settings" + std::move(target), body.is_null() ? "" : body.dump())};
}

Row people_row(const char* method, const std::string& pattern, std::string target,
               const json& body = nullptr) {
  return {std::string(method) + " /api/v1" + pattern, Rule::permission, "people",
          always(method, "/api/v1" + std::move(target), body.is_null() ? "" : body.dump())};
}

std::vector<Row> make_rows() {
  const std::string empty = "{}";
  return {
      {"GET /healthz", Rule::open, "", always("GET", "/healthz")},
      {"GET /readyz", Rule::open, "", always("GET", "/readyz")},
      {"GET /metrics", Rule::open, "", always("GET", "/metrics")},
      {"GET /api/v1/openapi.yaml", Rule::open, "", always("GET", "/api/v1/openapi.yaml")},
      {"GET /login/{token}", Rule::open, "", always("GET", "/login/guessed")},
      {"POST /api/v1/session", Rule::open, "",
       always("POST", "/api/v1/session", R"({"user": "head", "password": "guessed"})")},
      {"GET /api/v1/session", Rule::session, "", always("GET", "/api/v1/session")},
      {"DELETE /api/v1/session", Rule::session, "", always("DELETE", "/api/v1/session")},
      {"GET /api/v1/sms/dlr", Rule::open, "",
       [](const Subject& subject) {
         return Probes{{"GET", "/api/v1/sms/dlr?status=1&token=guessed&id=" + subject.id, ""}};
       }},

      {"GET /api/v1/tickets", Rule::list, "", lists},
      {"GET /api/v1/tickets/{id}", Rule::of_ticket, "", of_ticket("GET", "")},
      {"GET /api/v1/tickets/{id}/history", Rule::of_ticket, "", of_ticket("GET", "/history")},
      {"GET /api/v1/tickets/{id}/notifications", Rule::of_ticket, "", of_ticket("GET", "/notifications")},
      {"POST /api/v1/tickets/{id}/comments", Rule::of_ticket, "",
       of_ticket("POST", "/comments", {{"text", "hello"}})},
      {"POST /api/v1/tickets/{id}/acknowledgements", Rule::of_ticket, "",
       of_ticket("POST", "/acknowledgements")},
      {"POST /api/v1/tickets/{id}/actions", Rule::of_ticket, "",
       of_ticket("POST", "/actions", {{"action", "assign"}, {"assignee", "HEAD"}})},
      {"POST /api/v1/tickets/{id}/links", Rule::of_pair, "",
       of_ticket("POST", "/links", {{"kind", "related"}, {"ticket", "OTHER"}})},
      {"DELETE /api/v1/tickets/{id}/links/{kind}/{other}", Rule::of_pair, "",
       of_ticket("DELETE", "/links/related/OTHER")},
      {"POST /api/v1/tickets/{id}/merge", Rule::of_pair, "",
       of_ticket("POST", "/merge", {{"into", "OTHER"}, {"note", "the same"}})},
      {"POST /api/v1/tickets/{id}/merge/undo", Rule::of_pair, "",
       of_ticket("POST", "/merge/undo", {{"note", "not the same"}})},
      {"GET /api/v1/changes", Rule::list, "", always("GET", "/api/v1/changes?limit=1000")},
      {"GET /api/v1/stats", Rule::signed_in, "", always("GET", "/api/v1/stats")},
      {"GET /api/v1/captures", Rule::permission, "captures", always("GET", "/api/v1/captures")},
      {"GET /api/v1/users", Rule::permission, "colleagues", always("GET", "/api/v1/users")},
      people_row("GET", "/users/{id}", "/users/HEAD"),
      people_row("PATCH", "/users/{id}", "/users/HEAD", json::object()),
      people_row("POST", "/users/{id}/reassign", "/users/HEAD/reassign",
                 {{"to", nullptr}, {"reason", "leaves"}}),
      people_row("DELETE", "/users/{id}", "/users/nobody-of-that-id"),
      people_row("GET", "/invitations", "/invitations"),
      people_row("POST", "/invitations", "/invitations", json::object()),
      people_row("DELETE", "/invitations/{id}", "/invitations/none-of-that-id"),
      {"POST /api/v1/invitations/accept", Rule::open, "",
       always("POST", "/api/v1/invitations/accept",
              R"({"token": "guessed", "name": "Guest", "password": "correct horse"})")},
      people_row("GET", "/workspaces", "/workspaces"),
      people_row("PUT", "/workspaces/{id}", "/workspaces/north", {{"name", "North"}, {"stores", {"S001"}}}),
      people_row("DELETE", "/workspaces/{id}", "/workspaces/north"),
      people_row("GET", "/audit", "/audit"),
      {"GET /api/v1/users/{id}/absences", Rule::permission, "absences",
       always("GET", "/api/v1/users/0192f3a0-0000-7000-8000-000000000000/absences")},
      {"PUT /api/v1/users/{id}/absences", Rule::permission, "absences",
       always("PUT", "/api/v1/users/0192f3a0-0000-7000-8000-000000000000/absences", empty)},
      {"GET /api/v1/meta", Rule::signed_in, "", always("GET", "/api/v1/meta")},
      {"GET /api/v1/form", Rule::signed_in, "", always("GET", "/api/v1/form")},
      // What it answers to whom has a test of its own: it makes tickets.
      {"POST /api/v1/tickets", Rule::signed_in, "", nullptr},

      settings_row("GET", "/draft", "/draft"),
      settings_row("PUT", "/draft", "/draft", {{"name", "Mine"}}),
      settings_row("POST", "/draft/check", "/draft/check", json::object()),
      settings_row("POST", "/draft/preview", "/draft/preview", {{"store", "S001"}}),
      settings_row("POST", "/draft/publish", "/draft/publish", json::object()),
      settings_row("GET", "/versions", "/versions"),
      settings_row("GET", "/versions/{version}", "/versions/1"),
      settings_row("GET", "/versions/{version}/difference", "/versions/1/difference?to=2"),
      settings_row("POST", "/rollouts", "/rollouts", {{"version", 1}, {"everyone", true}}),
      settings_row("DELETE", "/rollouts/{version}", "/rollouts/1"),
      settings_row("POST", "/rollback", "/rollback", {{"to", 99}}),
      settings_row("POST", "/simulations", "/simulations",
                   {{"store", "S001"}, {"at", "2026-11-23T09:00:00.000Z"}}),
      {"POST /api/v1/settings/draft/replay", Rule::permission, "replay",
       always("POST", "/api/v1/settings/draft/replay", empty)},
      settings_row("DELETE", "/draft", "/draft"),

      {"POST /api/v1/tills/enrol", Rule::open, "", always("POST", "/api/v1/tills/enrol", empty)},
      {"POST /api/v1/tills/rekey", Rule::till, "", always("POST", "/api/v1/tills/rekey", empty)},
      {"POST /api/v1/tills/prefix", Rule::till, "", always("POST", "/api/v1/tills/prefix", empty)},
      // What another store's till can send about a ticket has a test of its own.
      {"POST /api/v1/sync/captures", Rule::till, "", always("POST", "/api/v1/sync/captures", empty)},
      {"GET /api/v1/sync/settings", Rule::till, "", always("GET", "/api/v1/sync/settings")},
      {"GET /api/v1/sync/changes", Rule::till_list, "", always("GET", "/api/v1/sync/changes?limit=500")},
      {"GET /api/v1/sync/tickets", Rule::till_list, "", till_lists},
      {"GET /api/v1/sync/tickets/{code}", Rule::till_by_code, "", by_code},
  };
}

}  // namespace

const std::vector<Row>& access_rows() {
  static const std::vector<Row> kRows = make_rows();
  return kRows;
}

}  // namespace ccms::test
