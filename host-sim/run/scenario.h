#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "host-sim/data/transaction_mapping.h"
#include "host-sim/net/fault_proxy.h"
#include "host-sim/till/till_config.h"

namespace ccms::host_sim {

/// A share of the run, from its begin (0) to its end (1), measured in tickets made.
using ShareOfRun = std::pair<double, double>;

/// Whether a moment of the run lies in one of the spans.
bool inside(const std::vector<ShareOfRun>& spans, double progress);

/// One till of a scenario and what its network does.
struct ScenarioTill {
  std::string store;
  std::string till;
  std::map<NetworkFault, double> faults;  ///< probability of each fault per request
  std::vector<ShareOfRun> offline;        ///< nothing gets through meanwhile
};

/// The program under test at the other end. Empty `command`: it runs already, at `url`.
struct ScenarioServer {
  std::string url;
  std::vector<std::vector<std::string>> prepare;  ///< run to their end, in order, before the start
  std::vector<std::string> command;
  std::vector<std::string> till_code_command;  ///< "{store}" and "{till}" are filled in; prints the code last
  std::string user;                            ///< an account that may read everything
  std::string password;
  std::vector<double> kill_at;  ///< shares of the run at which it is killed (-9) and started again
};

/// The chain's own record of sales, written by the run with planted errors so that verification has something
/// to find.
struct PlantedLedger {
  std::filesystem::path file;
  double withheld = 0;  ///< share of the tickets' transactions that are missing
  double altered = 0;   ///< share whose customer, amount, product or time differs
};

/// What to do, without a screen. See docs/host-sim.md for the JSON form.
struct Scenario {
  std::uint64_t seed = 1;
  std::filesystem::path plugin;
  std::filesystem::path work_folder;
  ScenarioServer server;
  std::vector<ScenarioTill> tills;
  std::string sync;  ///< the plugins' "sync" settings as JSON; empty leaves them to the plugin
  std::vector<TransactionSource> transactions;
  std::vector<std::filesystem::path> customers;
  std::filesystem::path texts_file;  ///< CSV; one text per ticket, in turn
  std::string texts_column;
  std::vector<std::string> texts;               ///< used when there is no file
  std::size_t tickets = 0;                      ///< 0: each customer's fullest basket once
  nlohmann::json ticket_template;               ///< merged into each request's "ticket"
  std::vector<nlohmann::json> ticket_variants;  ///< one of them, in turn, merged on top
  std::size_t till_kills = 0;                   ///< how often a till is killed (-9) during a create or a send
  std::chrono::seconds drain_limit{300};
  std::optional<PlantedLedger> ledger;
  std::filesystem::path report;  ///< JSON; empty writes none
};

/// Errors: std::runtime_error naming the member. `${NAME}` in a text is replaced from the environment; a
/// variable that is not set is an error. Relative paths are relative to the scenario file.
Scenario load_scenario(const std::filesystem::path& file);

/// Reads a JSON object from a file and replaces `${NAME}` in its texts, as load_scenario does.
nlohmann::json load_with_environment(const std::filesystem::path& file);
/// The "server" member of scenarios and tours. Errors: nlohmann::json::exception.
ScenarioServer server_of(const nlohmann::json& document);

}  // namespace ccms::host_sim
