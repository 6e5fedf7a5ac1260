#include "server/http/resources/demo_resource.h"

#include <nlohmann/json.hpp>

#include "core/db/transaction.h"
#include "core/domain/text.h"
#include "server/http/json_body.h"
#include "server/http/problem.h"
#include "server/notify/file_channel.h"
#include "server/staff/sessions.h"
#include "server/store/user_store.h"

namespace ccms::server {
namespace {

using nlohmann::json;

json message_json(const FiledMessage& message) {
  json view = {{"id", message.id},
               {"channel", message.channel},
               {"to", message.to},
               {"text", message.text},
               {"at", message.at},
               {"ticket_code", message.ticket_code},
               {"audience", message.audience}};
  if (!message.subject.empty()) view["subject"] = message.subject;
  return view;
}

}  // namespace

void DemoResource::add_routes(Router& router) {
  if (!services_.config.demo) return;
  router.add("GET", "/api/v1/demo/outbox", Access::open,
             [this](const Request& request) { return outbox(request); });
  router.add("POST", "/api/v1/demo/login-links", Access::open,
             [this](const Request& request) { return make_login_link(request); });
}

Response DemoResource::outbox(const Request& request) const {
  json messages = json::array();
  for (const FiledMessage& message :
       read_filed_messages(services_.config.notify.file_sink, request.query_value("since")))
    messages.push_back(message_json(message));
  return json_response(200, {{"messages", std::move(messages)}});
}

Response DemoResource::make_login_link(const Request& request) const {
  JsonBody body(request.body);
  const std::string login = body.required_text("user", domain::kNameLimit);
  if (const auto errors = body.finish(); !errors.empty()) return problem(422, errors);
  const auto token =
      db::with_transaction(services_.database, [&](db::Connection& connection) -> std::optional<std::string> {
        const auto credentials = UserStore(connection).find_by_login(login);
        if (!credentials) return std::nullopt;
        return LoginLinks(connection).issue(credentials->user.user_id, services_.clock.now());
      });
  if (!token) return problem(404, domain::Error{"not_found", "there is no such user", "/user"});
  return json_response(201, {{"url", "/login/" + *token}});
}

}  // namespace ccms::server
