#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "server/app/metrics.h"
#include "server/http/message.h"
#include "server/staff/user.h"
#include "tests/server/support/server_under_test.h"

namespace ccms::test {

/// Who sends a request: the cookie and CSRF token of a session, or an API key, or nothing.
struct Caller {
  std::string session_token;
  std::string api_key;
};

struct Answer {
  int status = 0;
  nlohmann::json json;
  server::Response response;

  std::string header(std::string_view name) const;
  std::string code() const { return json.is_object() ? json.value("code", "") : ""; }
  std::string field() const { return json.is_object() ? json.value("field", "") : ""; }
};

/// A whole server with people who are signed in.
class StaffServer : public ServerUnderTest {
 public:
  using ServerUnderTest::ServerUnderTest;

  /// A member of staff who is signed in.
  Caller sign_in_as(const std::string& login, std::vector<server::RoleGrant> roles);
  Caller hq() { return sign_in_as("hq", {{"hq", ""}}); }
  Caller staff_of(const std::string& department) {
    return sign_in_as("staff-" + department, {{"department_staff", department}});
  }
  Caller manager_of(const std::string& store) {
    return sign_in_as("manager-" + store, {{"store_manager", store}});
  }
  Caller client_with_key(std::vector<server::RoleGrant> roles);
  std::string user_id_of(const std::string& login);

  std::string address = "192.0.2.1";  ///< where the next requests come from

  using Headers = server::NameValues;
  Answer call(const Caller& caller, const std::string& method, const std::string& target,
              const std::optional<std::string>& body = std::nullopt, Headers headers = {});
  Answer get(const Caller& caller, const std::string& target) { return call(caller, "GET", target); }
  Answer post(const Caller& caller, const std::string& target, const nlohmann::json& body,
              Headers headers = {}) {
    return call(caller, "POST", target, body.dump(), std::move(headers));
  }

  /// A request that the sample chain accepts; tests change what they are about.
  static nlohmann::json ticket_request();
  /// Makes a ticket as hq and returns the answer's "ticket".
  nlohmann::json create_ticket(const nlohmann::json& request);

  /// The messages about a ticket that were written on an occasion, as hq reads them.
  std::vector<nlohmann::json> messages_about(const nlohmann::json& ticket, const std::string& on);
  std::size_t send_notifications();
  std::vector<nlohmann::json> sent_messages() const;

 private:
  server::Metrics metrics_;
  server::Logger log_ = server::Logger::silent();
  int keys_ = 0;
};

/// Runs each test of a suite on both databases.
class OnBothDatabases : public ::testing::TestWithParam<Backend> {
 protected:
  StaffServer server{GetParam()};
};

inline std::string backend_name(const ::testing::TestParamInfo<Backend>& info) { return name_of(info.param); }

}  // namespace ccms::test
