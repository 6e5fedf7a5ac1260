#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/settings/bundle.h"
#include "tests/server/support/fake_till.h"
#include "tests/server/support/staff_server.h"

namespace ccms::test {

/// Base of tests that take the settings through their life as headquarters do, on both databases. The sample
/// chain's document is version 1.
class SettingsLife : public OnBothDatabases {
 protected:
  using json = nlohmann::json;
  using Headers = StaffServer::Headers;

  /// One operation of a JSON Patch.
  static json put(const char* path, const json& value) {
    return {{"op", "add"}, {"path", path}, {"value", value}};
  }
  static json drop(const char* path) { return {{"op", "remove"}, {"path", path}}; }
  static json sample_with(const std::vector<json>& patch) {
    return json::parse(sample_settings()).patch(json(patch));
  }
  /// The sample chain with one more category.
  static json with_category(const std::string& id) {
    return sample_with({put("/categories/-", {{"id", id}, {"label", {{"en", "New"}, {"de", "Neu"}}}})});
  }

  Answer save(const std::string& document, Headers headers = {{"If-Match", "*"}},
              const std::string& query = "") {
    if (!has_draft() && headers == Headers{{"If-Match", "*"}}) headers.clear();
    return server.call(hq, "PUT", "/api/v1/settings/draft" + query, document, std::move(headers));
  }
  /// As somebody who has seen the draft as it is, unless the headers say which one they have seen.
  Answer publish(const json& wish = json::object(), Headers headers = {}) {
    const bool says = std::any_of(headers.begin(), headers.end(),
                                  [](const auto& header) { return header.first == "If-Match"; });
    if (!says && has_draft()) headers.emplace_back("If-Match", "*");
    return server.post(hq, "/api/v1/settings/draft/publish", wish, std::move(headers));
  }
  /// Saves and publishes; returns the version's number, 0 when it was refused.
  std::int64_t publish_document(const json& document, const json& wish = json::object()) {
    save(document.dump());
    return number_in(publish(wish));
  }
  Answer roll_out(const json& wish) { return server.post(hq, "/api/v1/settings/rollouts", wish); }
  Answer roll_back(std::int64_t to) { return server.post(hq, "/api/v1/settings/rollback", {{"to", to}}); }

  static std::int64_t number_in(const Answer& answer) {
    return answer.json.contains("version") ? answer.json["version"].value("number", std::int64_t{0}) : 0;
  }
  json versions() { return server.get(hq, "/api/v1/settings/versions").json; }
  std::int64_t version_in_force() { return server.get(hq, "/api/v1/meta").json.value("settings_version", 0); }
  std::int64_t stored_versions() { return server.count("SELECT COUNT(*) AS n FROM settings_versions"); }
  bool has_draft() { return server.count("SELECT COUNT(*) AS n FROM settings_drafts") > 0; }

  FakeTill::Transport transport() {
    return [this](server::Request request) { return server.send(std::move(request)); };
  }
  FakeTill till_of(const std::string& store) {
    FakeTill till(server.clock(), store, store + "-T1");
    till.enrol(transport(), server.enrolment_code(store, store + "-T1"));
    return till;
  }
  /// The version that the till's bundle is of.
  std::int64_t version_at(const FakeTill& till) {
    const auto bundle =
        settings::parse_bundle(server.send(till.request("GET", "/api/v1/sync/settings")).body);
    return bundle.ok() ? bundle.value->settings_version : 0;
  }
  /// Sends a ticket in `category` that the till made under a version of the settings.
  wire::ItemOutcome send_ticket(FakeTill& till, std::int64_t version, const std::string& category) {
    auto content = plain_content();
    content.ticket.category = domain::CategoryId(category);
    auto capture = till.created(content);
    capture.settings_version = version;
    return till.send_one(transport(), till.sign(capture));
  }

  const Caller hq = server.hq();
};

#define CCMS_SETTINGS_LIFE(Suite)                                                                        \
  INSTANTIATE_TEST_SUITE_P(Databases, Suite,                                                             \
                           ::testing::Values(ccms::test::Backend::sqlite, ccms::test::Backend::mariadb), \
                           ccms::test::backend_name)

}  // namespace ccms::test
