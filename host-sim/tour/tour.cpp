#include "host-sim/tour/tour.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>

#include "host-sim/plugin_host/serial_thread.h"
#include "host-sim/run/server_client.h"
#include "host-sim/tour/counter_receipts.h"
#include "host-sim/tour/demo_stage.h"
#include "host-sim/tour/tour_progress.h"
#include "host-sim/web/local_web.h"

namespace ccms::host_sim {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

WebResponse as_json(const ordered_json& document, int status = 200) {
  return {status, document.dump(), "application/json", {}};
}

constexpr std::size_t kReceiptsOnTheCounter = 4;

/// From the files that the till looks receipts up in, so that each can be scanned.
ordered_json counter_receipts(const TillConfig& till) {
  CustomerStore customers;
  for (const auto& file : till.customers) customers.load_json(file);
  TransactionStore transactions;
  for (const auto& source : till.transactions) transactions.load_csv(source.file, source.mapping);
  auto list = ordered_json::array();
  for (const auto& receipt :
       receipts_on_the_counter(transactions, customers, till.store, kReceiptsOnTheCounter))
    list.push_back(to_json(receipt));
  return list;
}

/// The stage behind the tour's page. Requests come from several threads and are served one at a time.
class Tour {
 public:
  Tour(const TourConfig& config, std::ostream& out) : config_(config) {
    stage_thread_.run([&] {
      stage_ = std::make_unique<DemoStage>(config, out);
      stage_->open();
      receipts_ = counter_receipts(stage_->till_config());
      sign_in();
    });
  }
  ~Tour() {
    stage_thread_.run([this] { stage_.reset(); });
  }
  Tour(const Tour&) = delete;
  Tour& operator=(const Tour&) = delete;

  std::vector<WebRoute> routes() {
    return {{"GET", "/tour/api/state",
             [this](const WebRequest&) { return locked([this] { return as_json(state()); }); }},
            {"GET", "/tour/api/personas",
             [this](const WebRequest&) {
               return as_json({{"personas", personas()}});
             }},
            {"POST", "/tour/api/persona",
             [this](const WebRequest& request) { return locked([&] { return become(request); }); }},
            {"POST", "/tour/api/network",
             [this](const WebRequest& request) { return locked([&] { return set_network(request); }); }},
            action("/tour/api/kill-till", [this] { stage_->kill_till(); }),
            action("/tour/api/start-till", [this] { stage_->start_till(); }),
            action("/tour/api/reset", [this] {
              stage_->reset();
              progress_ = {};
              sign_in();
            })};
  }

 private:
  WebResponse locked(const std::function<WebResponse()>& work) { return stage_thread_.run(work); }

  WebRoute action(const char* path, std::function<void()> work) {
    return {"POST", path, [this, work = std::move(work)](const WebRequest&) {
              return locked([&] {
                work();
                return as_json(state());
              });
            }};
  }

  void sign_in() {
    observer_ =
        std::make_unique<ServerClient>(config_.server.url, config_.server.user, config_.server.password);
    const auto newest = observer_->get("/api/v1/tickets?limit=1&sort=-created_at").at("tickets");
    last_before_tour_ = newest.empty() ? "" : newest.front().value("ticket_id", "");
    messages_before_tour_ = observer_->get("/api/v1/demo/outbox").at("messages").size();
  }

  json messages() {
    auto all = observer_->get("/api/v1/demo/outbox").at("messages");
    all.erase(all.begin(),
              all.begin() + static_cast<std::ptrdiff_t>(std::min(messages_before_tour_, all.size())));
    return all;
  }

  json newest_on_server() {
    const auto tickets = observer_->get("/api/v1/tickets?limit=1&sort=-created_at").at("tickets");
    if (tickets.empty() || tickets.front().value("ticket_id", "") == last_before_tour_) return nullptr;
    auto ticket =
        observer_->get("/api/v1/tickets/" + tickets.front().at("ticket_id").get<std::string>()).at("ticket");
    const auto history =
        observer_->get("/api/v1/tickets/" + ticket.at("ticket_id").get<std::string>() + "/history")
            .at("events");
    ticket["handed_over"] = std::any_of(history.begin(), history.end(), [](const json& event) {
      return event.value("type", "") == "handed_over";
    });
    return ticket;
  }

  TourMoment look(json& received) {
    TourMoment moment;
    moment.network_up = stage_->network_up();
    moment.till_running = stage_->till_running();
    if (moment.till_running) {
      moment.till_status = stage_->till_state().at("status");
      const auto found = stage_->call_till("/till/api/call/find_tickets", {{"limit", 1}});
      if (const auto list = found.value("tickets", json::array()); !list.empty())
        moment.newest_local = list.front();
    }
    moment.newest_ticket = newest_on_server();
    received = messages();
    moment.messages = received.size();
    return moment;
  }

  ordered_json state() {
    json received;
    const auto moment = look(received);
    progress_.see(moment);
    ordered_json document{{"till_url", config_.till_url},
                          {"console_url", config_.console_url},
                          {"network", moment.network_up ? "up" : "down"},
                          {"till", moment.till_running ? "running" : "dead"},
                          {"steps", progress_.steps()},
                          {"personas", personas()},
                          {"receipts", receipts_},
                          {"messages", received}};
    const auto& ticket = moment.newest_ticket.is_object() ? moment.newest_ticket : moment.newest_local;
    if (ticket.is_object())
      document["ticket"] = {
          {"code", ticket.value("code", "")},
          {"state", ticket.value("state", json::object())},
          {"queue_depth", moment.till_status.is_object() ? moment.till_status.value("queue_depth", 0) : 0}};
    return document;
  }

  ordered_json personas() const {
    auto list = ordered_json::array();
    for (const auto& persona : config_.personas)
      list.push_back(
          {{"id", persona.id}, {"name", persona.name}, {"where", persona.where}, {"role", persona.role}});
    return list;
  }

  // Cookies know hosts, not ports: what the tour sets is the console's session too.
  WebResponse become(const WebRequest& request) {
    const auto body = json::parse(request.body, nullptr, /*allow_exceptions=*/false);
    const auto id = body.is_object() ? body.value("id", "") : std::string{};
    const auto found = std::find_if(config_.personas.begin(), config_.personas.end(),
                                    [&](const Persona& persona) { return persona.id == id; });
    if (found == config_.personas.end()) return as_json({{"error", {{"message", "no such persona"}}}}, 404);
    auto answer = as_json({{"console_url", config_.console_url}});
    if (!found->user.empty()) {
      const ServerClient session(config_.server.url, found->user, found->password);
      answer.headers.emplace_back("Set-Cookie", session.cookie() + "; Path=/; HttpOnly; SameSite=Lax");
    }
    return answer;
  }

  WebResponse set_network(const WebRequest& request) {
    const auto body = json::parse(request.body, nullptr, /*allow_exceptions=*/false);
    if (!body.is_object() || !body.contains("up") || !body.at("up").is_boolean())
      return as_json({{"error", {{"message", "the body needs \"up\": true or false"}}}}, 422);
    stage_->set_network(body.at("up").get<bool>());
    return as_json(state());
  }

  const TourConfig& config_;
  // Programs that die with the thread that started them must be started by one that stays.
  SerialThread stage_thread_;
  std::unique_ptr<DemoStage> stage_;
  ordered_json receipts_;  ///< what a visitor may scan; the till's files do not change while it runs
  TourProgress progress_;
  std::unique_ptr<ServerClient> observer_;
  std::string last_before_tour_;
  std::size_t messages_before_tour_ = 0;
};

}  // namespace

int run_tour(const TourConfig& config, std::ostream& out) {
  block_end_signals();
  Tour tour(config, out);
  const LocalWeb web({"127.0.0.1", config.port, config.web_root}, tour.routes());
  out << "The tour is at " << web.url() << std::endl;
  wait_for_end_signal();
  return 0;
}

}  // namespace ccms::host_sim
