#include "host-sim/run/scenario_run.h"

#include <Poco/UUIDGenerator.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <memory>
#include <ostream>
#include <stdexcept>

#include "host-sim/process/wait_until.h"
#include "host-sim/run/acknowledgements.h"
#include "host-sim/run/create_times.h"
#include "host-sim/run/kill_log.h"
#include "host-sim/run/kill_plan.h"
#include "host-sim/run/reconciliation.h"
#include "host-sim/run/server_client.h"
#include "host-sim/run/server_process.h"
#include "host-sim/run/ticket_plan.h"
#include "host-sim/run/till_process.h"

namespace ccms::host_sim {
namespace {

using Clock = std::chrono::steady_clock;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::chrono::seconds kFaultyDrain{20};

// Longer than the longest that a till waits for an answer and then before it tries again.
constexpr std::chrono::seconds kLongestWithoutSend{90};

/// Waits without giving the processor away: a sleep may last longer than a create does.
void spin(std::chrono::microseconds time) {
  const auto until = Clock::now() + time;
  while (Clock::now() < until) {
  }
}

std::chrono::microseconds since(Clock::time_point before) {
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - before);
}

class ScenarioRun {
 public:
  ScenarioRun(const Scenario& scenario, std::ostream& out)
      : scenario_(scenario),
        out_(out),
        server_(scenario),
        acknowledgements_(prepared_folder() / "acknowledged.jsonl") {}

  int execute() {
    load();
    server_.prepare();
    server_.start();
    enrol_tills();
    make_tickets();
    drain();
    return compare();
  }

 private:
  const std::filesystem::path& prepared_folder() const {
    std::filesystem::create_directories(scenario_.work_folder);
    return scenario_.work_folder;
  }

  void load() {
    for (const auto& source : scenario_.transactions) transactions_.load_csv(source.file, source.mapping);
    for (const auto& file : scenario_.customers) customers_.load_json(file);
    plan_ = plan_tickets(scenario_, transactions_, customers_);
    kill_plan_ = plan_kills(scenario_, plan_.size());
    out_ << "plan: " << plan_.size() << " tickets on " << scenario_.tills.size() << " tills, "
         << kill_plan_.size() << " kills of a till, " << scenario_.server.kill_at.size()
         << " of the server, seed " << scenario_.seed << std::endl;
    if (!scenario_.ledger) return;
    write_planted_ledger(scenario_.ledger->file, transactions_, plan_);
    std::ofstream(scenario_.ledger->file.string() + ".mapping.json")
        << planted_ledger_mapping().dump(2) << '\n';
  }

  void enrol_tills() {
    for (std::size_t i = 0; i < scenario_.tills.size(); ++i) {
      auto& till = *tills_.emplace_back(std::make_unique<TillProcess>(scenario_, i, server_.port()));
      till.start();
      enrol(till);
    }
    out_ << "enrolled: " << tills_.size() << " tills" << std::endl;
  }

  void enrol(TillProcess& till) {
    const auto code = server_.till_code(till.store(), till.till());
    // A till is enrolled by a technician who tries again until it works; the code serves once.
    wait_until(
        [&] {
          const auto started = till.call("enrol", {{"code", code}});
          if (started.at("status") != 0) return enrolled(till);
          const auto request = started.at("reply").at("request_id");
          json result;
          wait_until(
              [&] {
                const auto taken = till.call("take_result", {{"request_id", request}});
                if (taken.at("status") != 0) return true;
                result = taken.at("reply");
                return result.at("done").get<bool>();
              },
              std::chrono::seconds(30), "the answer to enrolling " + till.till());
          return enrolled(till);
        },
        std::chrono::seconds(60), "enrolling " + till.till());
    wait_until([&] { return till.call("form", clerk()).at("status") == 0; }, std::chrono::seconds(60),
               "the settings of " + till.till());
  }

  static bool enrolled(TillProcess& till) {
    return till.call("status").at("reply").at("enrolled").get<bool>();
  }
  static ordered_json clerk() { return {{"clerk", {{"id", "clerk-1"}, {"name", "Clerk 1"}}}}; }

  void make_tickets() {
    auto server_kills = scenario_.server.kill_at;
    std::sort(server_kills.begin(), server_kills.end());
    std::size_t next_kill = 0;
    for (std::size_t i = 0; i < plan_.size(); ++i) {
      const double progress = static_cast<double>(i) / static_cast<double>(plan_.size());
      set_networks(progress);
      if (next_kill < server_kills.size() && progress >= server_kills[next_kill]) {
        server_.kill_now();
        server_.start();
        ++next_kill;
        out_ << "the server was killed (-9) and started again after " << i << " tickets" << std::endl;
      }
      make_ticket(plan_[i], i);
      if ((i + 1) % 100 == 0 || i + 1 == plan_.size())
        out_ << "made " << i + 1 << " of " << plan_.size() << std::endl;
    }
    set_networks(1.0);
  }

  void set_networks(double progress) {
    for (std::size_t i = 0; i < tills_.size(); ++i) {
      const bool offline = inside(scenario_.tills[i].offline, progress);
      if (offline == tills_[i]->offline()) continue;
      tills_[i]->set_offline(offline);
      out_ << "till " << tills_[i]->till() << " is " << (offline ? "offline" : "online again") << std::endl;
      if (!offline) tills_[i]->tell({{"type", "network"}, {"up", true}});
    }
  }

  void make_ticket(const PlannedTicket& planned, std::size_t number) {
    auto& till = *tills_[planned.till];
    auto request = planned.request;
    request["form_id"] = form_id(till);
    const auto kill = kill_plan_.find(number);
    if (kill == kill_plan_.end()) return note(planned, create(till, request));
    if (kill->second.during == PlannedKill::During::kCreate)
      return kill_during_create(planned, {number, till.till(), kill->second}, request);
    kill_during_send(planned, {number, till.till(), kill->second}, request);
  }

  json create(TillProcess& till, const ordered_json& request) {
    till.begin_call("create_ticket", request);
    const auto begun = Clock::now();
    auto reply = till.take_reply();
    if (!reply) throw std::runtime_error("till " + till.till() + " died during create_ticket");
    create_times_.add(since(begun));
    return std::move(*reply);
  }

  void kill_during_create(const PlannedTicket& planned, Kill kill, const ordered_json& request) {
    auto& till = *tills_[planned.till];
    kill.usual_create = create_times_.usual();
    till.begin_call("create_ticket", request);
    const auto begun = Clock::now();
    spin(std::chrono::microseconds(
        std::llround(kill.planned.share_of_create * static_cast<double>(kill.usual_create.count()))));
    kill.into_create = since(begun);
    till.kill_now();
    // What was out before the kill can still be read.
    const auto reply = till.take_reply();
    kill.acknowledged = reply.has_value();
    kills_.push_back(std::move(kill));
    till.start();
    // Never acknowledged: the clerk presses the button again, on the same form.
    note(planned, reply ? *reply : create(till, request));
  }

  void kill_during_send(const PlannedTicket& planned, Kill kill, const ordered_json& request) {
    auto& till = *tills_[planned.till];
    till.stop_next_send(kill.planned.stage);
    note(planned, create(till, request));
    kill.acknowledged = true;
    kill.inside_request = till.wait_for_stopped_send(kLongestWithoutSend);
    spin(kill.planned.after_stage);
    till.kill_now();
    till.let_send_go();
    kills_.push_back(std::move(kill));
    till.start();
  }

  std::string form_id(TillProcess& till) {
    const auto reply = till.call("form", clerk());
    if (reply.at("status") != 0) throw std::runtime_error("form failed: " + reply.dump());
    return reply.at("reply").at("form_id").get<std::string>();
  }

  void note(const PlannedTicket& planned, const json& reply) {
    if (reply.at("status") != 0) throw std::runtime_error("create_ticket refused: " + reply.dump());
    acknowledgements_.note(tills_[planned.till]->till(), reply.at("reply"));
    planned_by_ticket_[reply.at("reply").at("ticket_id").get<std::string>()] = planned.verification;
  }

  // What is left is sent over the same faulty network for a while; only then does the network heal.
  void drain() {
    const auto healed_at = Clock::now() + kFaultyDrain;
    for (auto& till : tills_) {
      wait_until(
          [&] {
            if (Clock::now() >= healed_at)
              for (auto& each : tills_) each->end_faults();
            till->tell({{"type", "network"}, {"up", true}});
            return till->call("status").at("reply").at("queue_depth") == 0;
          },
          scenario_.drain_limit, "till " + till->till() + " to send what it has");
      const auto status = till->call("status").at("reply");
      if (status.at("quarantined") != 0)
        problems_.push_back("till " + till->till() + " has " + status.at("quarantined").dump() +
                            " in quarantine: " + till->call("unsent").at("reply").dump());
    }
  }

  int compare() {
    ServerClient client(scenario_.server.url, scenario_.server.user, scenario_.server.password);
    // The dispatcher delivers after the ticket is stored; give it time to finish.
    wait_until(
        [&] {
          const auto states = client.get("/api/v1/stats").at("notifications").at("by_state");
          return states.value("pending", 0) == 0;
        },
        scenario_.drain_limit, "the notifications to be delivered");
    const auto read = [&client](const std::string& path) { return client.get(path); };
    auto outcome = reconcile(read, acknowledgements_, planned_by_ticket_, scenario_.ledger.has_value());
    outcome.problems.insert(outcome.problems.end(), problems_.begin(), problems_.end());
    for (auto& till : tills_) till->stop();
    server_.stop();
    report(outcome);
    return outcome.problems.empty() && acknowledgements_.all().size() == plan_.size() ? 0 : 1;
  }

  void report(const Reconciliation& outcome) {
    out_ << '\n' << table_of(outcome);
    ordered_json faults;
    for (const auto& till : tills_)
      for (const auto& [fault, count] : till->network_counts()) faults[till->till()][name_of(fault)] = count;
    const auto hits = count(kills_);
    out_ << "\nnetwork requests " << faults.dump() << "\nkills of a till: " << kills_.size() << " ("
         << hits.creates << " during a create, " << hits.unacknowledged
         << " of them before its acknowledgement; " << hits.sends << " during a send, " << hits.inside_request
         << " of them inside a request), of the server: " << server_.kills() << '\n';
    for (const auto& kill : kills_) out_ << "  kill -9 " << text_of(kill) << '\n';
    for (const auto& problem : outcome.problems) out_ << "PROBLEM " << problem << '\n';
    out_ << acknowledgements_.all().size() << " acknowledged, " << outcome.problems.size() << " problems"
         << std::endl;
    if (scenario_.report.empty()) return;
    auto document = json_of(outcome);
    document["acknowledged"] = acknowledgements_.all().size();
    document["planned"] = plan_.size();
    document["kills"] = ordered_json::array();
    for (const auto& kill : kills_) document["kills"].push_back(json_of(kill));
    document["kill_counts"] = json_of(hits);
    document["server_kills"] = server_.kills();
    document["network"] = faults;
    std::ofstream(scenario_.report) << document.dump(2) << '\n';
  }

  const Scenario& scenario_;
  std::ostream& out_;
  TransactionStore transactions_;
  CustomerStore customers_;
  std::vector<PlannedTicket> plan_;
  ServerProcess server_;
  std::vector<std::unique_ptr<TillProcess>> tills_;
  AcknowledgementLog acknowledgements_;
  std::map<std::string, PlannedVerification> planned_by_ticket_;
  std::map<std::size_t, PlannedKill> kill_plan_;
  CreateTimes create_times_;
  std::vector<Kill> kills_;
  std::vector<std::string> problems_;
};

}  // namespace

int run_scenario(const Scenario& scenario, std::ostream& out) { return ScenarioRun(scenario, out).execute(); }

}  // namespace ccms::host_sim
