#include "host-sim/run/scenario_run.h"

#include <Poco/UUIDGenerator.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>
#include <ostream>
#include <stdexcept>

#include "host-sim/process/wait_until.h"
#include "host-sim/run/acknowledgements.h"
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

bool inside(const std::vector<ShareOfRun>& spans, double progress) {
  return std::any_of(spans.begin(), spans.end(), [progress](const auto& span) {
    return progress >= span.first && progress < span.second;
  });
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
    out_ << "plan: " << plan_.size() << " tickets on " << scenario_.tills.size() << " tills, "
         << std::count_if(plan_.begin(), plan_.end(),
                          [](const auto& t) { return t.kill != KillPoint::kNone; })
         << " kills of a till, " << scenario_.server.kill_at.size() << " of the server, seed "
         << scenario_.seed << std::endl;
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
    till.send_call("create_ticket", request);
    if (planned.kill == KillPoint::kDuringCreate) {
      kill(till, planned, number, "create");
      if (auto reply = till_reply_before_kill_) return note(planned, *reply);
      // Never acknowledged: the clerk presses the button again, on the same form.
      till.send_call("create_ticket", request);
    }
    auto reply = till.take_reply();
    if (!reply) throw std::runtime_error("till " + till.till() + " died during create_ticket");
    note(planned, *reply);
    if (planned.kill == KillPoint::kDuringSend) kill(till, planned, number, "send");
  }

  std::string form_id(TillProcess& till) {
    const auto reply = till.call("form", clerk());
    if (reply.at("status") != 0) throw std::runtime_error("form failed: " + reply.dump());
    return reply.at("reply").at("form_id").get<std::string>();
  }

  void kill(TillProcess& till, const PlannedTicket& planned, std::size_t number, const char* during) {
    const timespec pause{0, planned.kill_after_microseconds * 1000L};
    nanosleep(&pause, nullptr);
    till.kill_now();
    till_reply_before_kill_ = std::string(during) == "create" ? till.take_reply() : std::nullopt;
    kill_log_.push_back(
        {{"ticket", number},
         {"till", till.till()},
         {"during", during},
         {"after_us", planned.kill_after_microseconds},
         {"acknowledged_before", till_reply_before_kill_.has_value() || std::string(during) == "send"}});
    till.start();
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
    auto outcome = reconcile(client, acknowledgements_, planned_by_ticket_, scenario_.ledger.has_value());
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
    out_ << "\nnetwork requests " << faults.dump() << "\nkills of a till: " << kill_log_.size()
         << ", of the server: " << server_.kills() << '\n';
    for (const auto& kill : kill_log_) out_ << "  kill -9 " << kill.dump() << '\n';
    for (const auto& problem : outcome.problems) out_ << "PROBLEM " << problem << '\n';
    out_ << acknowledgements_.all().size() << " acknowledged, " << outcome.problems.size() << " problems"
         << std::endl;
    if (scenario_.report.empty()) return;
    auto document = json_of(outcome);
    document["acknowledged"] = acknowledgements_.all().size();
    document["planned"] = plan_.size();
    document["kills"] = kill_log_;
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
  std::optional<json> till_reply_before_kill_;
  std::vector<ordered_json> kill_log_;
  std::vector<std::string> problems_;
};

}  // namespace

int run_scenario(const Scenario& scenario, std::ostream& out) { return ScenarioRun(scenario, out).execute(); }

}  // namespace ccms::host_sim
