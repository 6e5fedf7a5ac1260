#include "tests/server/support/staff_server.h"

#include <Poco/URI.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "core/crypto/digest.h"
#include "core/db/transaction.h"
#include "server/app/identifiers.h"
#include "server/jobs/notification_dispatcher.h"
#include "server/notify/channels.h"
#include "server/staff/sessions.h"
#include "server/store/user_store.h"

namespace ccms::test {
namespace {

using nlohmann::json;

std::string percent_decoded(const std::string& text) {
  std::string spaced = text;
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  std::string plain;
  Poco::URI::decode(spaced, plain);
  return plain;
}

server::NameValues parse_query(const std::string& query) {
  server::NameValues values;
  std::istringstream parts(query);
  for (std::string part; std::getline(parts, part, '&');) {
    const auto equals = part.find('=');
    values.emplace_back(percent_decoded(part.substr(0, equals)),
                        equals == std::string::npos ? "" : percent_decoded(part.substr(equals + 1)));
  }
  return values;
}

}  // namespace

std::string Answer::header(std::string_view name) const {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

Caller StaffServer::sign_in_as(const std::string& login, std::vector<server::RoleGrant> roles) {
  return db::with_transaction(database(), [&](db::Connection& connection) {
    server::UserStore users(connection);
    auto known = users.find_by_login(login);
    if (!known) {
      const server::User user{
          server::new_uuid(clock().now()), login, "Name of " + login, std::nullopt, roles, true};
      users.insert(user, "no password", clock().now());
      known = users.find_by_login(login);
    }
    return Caller{server::Sessions(connection).begin(known->user.user_id, clock().now()), ""};
  });
}

Caller StaffServer::client_with_key(std::vector<server::RoleGrant> roles) {
  const std::string key = server::new_token();
  db::with_transaction(database(), [&](db::Connection& connection) {
    server::UserStore(connection)
        .insert_client({server::new_uuid(clock().now()), "Client", std::move(roles), true},
                       crypto::sha256_hex(key), clock().now());
  });
  return Caller{"", key};
}

std::string StaffServer::user_id_of(const std::string& login) {
  const db::Lease reader = database().reader();
  return server::UserStore(*reader).find_by_login(login).value().user.user_id;
}

Answer StaffServer::call(const Caller& caller, const std::string& method, const std::string& target,
                         const std::optional<std::string>& body, Headers headers) {
  server::Request request;
  request.method = method;
  request.target = target;
  const auto question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string::npos) request.query = parse_query(target.substr(question + 1));
  request.headers = std::move(headers);
  if (!caller.session_token.empty()) {
    request.headers.emplace_back("Cookie", "ccms_session=" + caller.session_token);
    if (!request.header("X-CSRF-Token"))
      request.headers.emplace_back("X-CSRF-Token", server::csrf_token_of(caller.session_token));
  }
  if (!caller.api_key.empty()) request.headers.emplace_back("Authorization", "Bearer " + caller.api_key);
  request.body = body.value_or("");
  request.request_id = "test";
  request.remote_address = address;
  Answer answer;
  answer.response = send(std::move(request));
  answer.status = answer.response.status;
  answer.json = json::parse(answer.response.body, nullptr, false);
  return answer;
}

json StaffServer::ticket_request() {
  return {{"kind", "complaint"},
          {"language", "en"},
          {"store", "S001"},
          {"ticket",
           {{"category", "defective"},
            {"details", "The drill stopped after a day"},
            {"consent_to_contact", true}}},
          {"complainant", {{"kind", "contact"}, {"name", "Anna Müller"}, {"mobile", "0151 23456789"}}},
          {"proof", {{"kind", "none"}, {"reason", "lost_receipt"}}}};
}

json StaffServer::create_ticket(const json& request) {
  const Answer answer =
      post(hq(), "/api/v1/tickets", request, {{"Idempotency-Key", "key-" + std::to_string(++keys_)}});
  if (answer.status != 201) throw std::runtime_error("no ticket: " + answer.response.body);
  return answer.json["ticket"];
}

std::vector<json> StaffServer::messages_about(const json& ticket, const std::string& on) {
  std::vector<json> found;
  const Answer all =
      get(hq(), "/api/v1/tickets/" + ticket["ticket_id"].get<std::string>() + "/notifications");
  for (const json& message : all.json) {
    if (message["on"] == on) found.push_back(message);
  }
  return found;
}

std::size_t StaffServer::send_notifications() {
  server::Channels channels = server::make_channels(config().notify, clock());
  server::NotificationDispatcher::Options options;
  options.jitter = [] { return std::uint32_t{0}; };
  std::size_t sent = 0;
  for (const char* name : {"sms", "email"}) {
    server::NotificationDispatcher job(database(), name, channels.for_name(name), clock(), log_, metrics_,
                                       "test", options);
    sent += job.run_once(clock().now());
  }
  return sent;
}

std::vector<json> StaffServer::sent_messages() const {
  std::vector<json> messages;
  std::ifstream file(config().notify.file_sink);
  for (std::string line; std::getline(file, line);) messages.push_back(json::parse(line));
  return messages;
}

}  // namespace ccms::test
