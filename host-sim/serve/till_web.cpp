#include "host-sim/serve/till_web.h"

#include <chrono>
#include <mutex>
#include <nlohmann/json.hpp>
#include <ostream>

namespace ccms::host_sim {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

WebResponse error(int status, const std::string& message) {
  return {status, json{{"error", {{"message", message}}}}.dump(), "application/json", {}};
}

int http_status_of(int plugin_status) {
  switch (plugin_status) {
    case CCMS_OK:
      return 200;
    case CCMS_INVALID_ARGUMENT:
      return 422;
    case CCMS_NOT_FOUND:
      return 404;
    case CCMS_REFUSED:
    case CCMS_INVALID_STATE:
    case CCMS_DUPLICATE_SUSPECTED:
    case CCMS_NOT_ENROLLED:
    case CCMS_BUSY:
      return 409;
    case CCMS_UNAVAILABLE:
      return 503;
    case CCMS_STORAGE:
      return 507;
    default:
      return 500;
  }
}

std::string status_name(int status) {
  switch (status) {
    case CCMS_INVALID_ARGUMENT:
      return "invalid_argument";
    case CCMS_INVALID_STATE:
      return "invalid_state";
    case CCMS_WRONG_THREAD:
      return "wrong_thread";
    case CCMS_INCOMPATIBLE:
      return "incompatible";
    case CCMS_REFUSED:
      return "refused";
    case CCMS_NOT_FOUND:
      return "not_found";
    case CCMS_DUPLICATE_SUSPECTED:
      return "duplicate_suspected";
    case CCMS_NOT_ENROLLED:
      return "not_enrolled";
    case CCMS_BUSY:
      return "busy";
    case CCMS_STORAGE:
      return "storage";
    case CCMS_UNAVAILABLE:
      return "unavailable";
    default:
      return "internal";
  }
}

WebResponse of_plugin(const PluginReply& reply) {
  if (reply.ok()) return {200, reply.json.empty() ? "{}" : reply.json, "application/json", {}};
  return {http_status_of(reply.status),
          json{{"error",
                {{"status", reply.status},
                 {"code", status_name(reply.status)},
                 {"message", reply.message},
                 {"field", reply.field}}}}
              .dump(),
          "application/json",
          {}};
}

json person(const Clerk& clerk) { return {{"id", clerk.id}, {"name", clerk.name}}; }

ordered_json state_of(Till& till) {
  const auto status = till.call("status", "{}");
  const auto plugin_status = status.ok() ? json::parse(status.json) : json{{"error", status.message}};
  auto clerks = json::array();
  for (const auto& clerk : till.config().clerks) clerks.push_back(person(clerk));
  auto events = json::array();
  for (const auto& batch : till.take_plugin_events()) {
    const auto told = json::parse(batch).value("events", json::array());
    events.insert(events.end(), told.begin(), told.end());
  }
  const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::system_clock::now().time_since_epoch());
  return {{"store", till.config().store},
          {"till", till.config().till},
          {"clerk", person(till.clerk())},
          {"clerks", clerks},
          {"training", till.training()},
          {"scanner_directed", till.scanner_directed()},
          {"current_transaction", till.current_transaction()},
          {"network", plugin_status.value("network", "unknown")},
          {"ready_to_collect", plugin_status.value("ready_to_collect", 0)},
          {"status", plugin_status},
          {"events", events},
          {"printed", till.printed().size()},
          {"now_ms", now.count()}};
}

WebResponse look_up(const Till& till, const WebRequest& request) {
  const auto text = request.query.find("text");
  if (text == request.query.end() || text->second.empty())
    return error(422, "what was scanned is missing: ?text=");
  auto found = json::parse(till.find_transactions_json(text->second));
  found.update(json::parse(till.find_customers_json(text->second)));
  return {200, found.dump(), "application/json", {}};
}

WebResponse transactions_of(const Till& till, const WebRequest& request) {
  constexpr std::string_view kTail = "/transactions";
  if (!request.rest.ends_with(kTail)) return error(404, "not here");
  const auto customer = request.rest.substr(0, request.rest.size() - kTail.size());
  auto list = ordered_json::array();
  for (const auto* transaction : till.transactions().of_customer(customer))
    list.push_back(to_json(*transaction));
  return {200, ordered_json{{"transactions", std::move(list)}}.dump(), "application/json", {}};
}

WebResponse change(const WebRequest& request, const char* member,
                   const std::function<bool(const json&)>& apply) {
  const auto body = json::parse(request.body, nullptr, /*allow_exceptions=*/false);
  if (!body.is_object() || !body.contains(member))
    return error(422, std::string("the body needs \"") + member + "\"");
  if (!apply(body.at(member))) return error(404, std::string("no such ") + member);
  return {200, "{}", "application/json", {}};
}

}  // namespace

std::vector<WebRoute> till_routes(Till& till) {
  return {{"GET", "/till/api/state",
           [&till](const WebRequest&) {
             return WebResponse{200, state_of(till).dump(), "application/json", {}};
           }},
          {"POST", "/till/api/call/",
           [&till](const WebRequest& request) { return of_plugin(till.call(request.rest, request.body)); }},
          {"POST", "/till/api/event",
           [&till](const WebRequest& request) {
             return change(request, "event",
                           [&](const json& event) { return till.event(event.dump()).ok(); });
           }},
          {"POST", "/till/api/clerk",
           [&till](const WebRequest& request) {
             return change(request, "id", [&](const json& id) {
               return id.is_string() && till.change_clerk(id.get<std::string>());
             });
           }},
          {"POST", "/till/api/training",
           [&till](const WebRequest& request) {
             return change(request, "on", [&](const json& on) {
               if (on.is_boolean()) till.set_training(on.get<bool>());
               return on.is_boolean();
             });
           }},
          {"GET", "/till/api/lookup", [&till](const WebRequest& request) { return look_up(till, request); }},
          {"GET", "/till/api/customers/",
           [&till](const WebRequest& request) { return transactions_of(till, request); }},
          {"GET", "/till/api/current",
           [&till](const WebRequest&) {
             const auto* shown = till.transactions().find(till.current_transaction(), till.config().store);
             return shown == nullptr ? error(404, "no receipt is on the screen")
                                     : WebResponse{200, to_json(*shown).dump(), "application/json", {}};
           }},
          {"POST", "/till/api/current",
           [&till](const WebRequest& request) {
             return change(request, "id", [&](const json& id) {
               return id.is_string() && till.show_transaction(id.get<std::string>());
             });
           }},
          {"POST", "/till/api/print",
           [&till](const WebRequest& request) {
             return change(request, "slip", [&](const json& slip) {
               till.print(slip.dump());
               return true;
             });
           }},
          {"GET", "/till/api/printed", [&till](const WebRequest&) {
             auto slips = json::array();
             for (const auto& slip : till.printed()) slips.push_back(json::parse(slip));
             return WebResponse{200, json{{"printed", slips}}.dump(), "application/json", {}};
           }}};
}

int serve_till(const TillConfig& config, std::ostream& out) {
  block_end_signals();
  std::mutex log_mutex;
  Till till(config, [&](int level, std::string_view message) {
    const std::lock_guard lock(log_mutex);
    out << "plugin " << level << ' ' << message << std::endl;
  });
  const LocalWeb web({config.listen_address, config.listen_port, config.web_root}, till_routes(till));
  out << "till " << config.till << " of store " << config.store << " is at " << web.url() << std::endl;
  wait_for_end_signal();
  return 0;
}

}  // namespace ccms::host_sim
