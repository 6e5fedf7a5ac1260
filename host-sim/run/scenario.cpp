#include "host-sim/run/scenario.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace ccms::host_sim {
namespace {

using nlohmann::json;

std::string with_environment(std::string text) {
  for (auto start = text.find("${"); start != std::string::npos; start = text.find("${", start)) {
    const auto end = text.find('}', start);
    if (end == std::string::npos) throw std::runtime_error("'" + text + "' has ${ without }");
    const std::string name = text.substr(start + 2, end - start - 2);
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) throw std::runtime_error("the environment variable " + name + " is not set");
    text.replace(start, end - start + 1, value);
    start += std::string_view(value).size();
  }
  return text;
}

void replace_variables(json& value) {
  if (value.is_string()) {
    value = with_environment(value.get<std::string>());
  } else if (value.is_structured()) {
    for (auto& child : value) replace_variables(child);
  }
}

std::vector<std::string> command_of(const json& parent, const char* member) {
  return parent.value(member, std::vector<std::string>{});
}

ScenarioTill till_of(const json& document) {
  ScenarioTill till{document.at("store").get<std::string>(), document.at("till").get<std::string>(), {}, {}};
  const auto faults = document.value("faults", json::object());
  for (const auto& [name, share] : faults.items())
    till.faults[network_fault_from(name)] = share.get<double>();
  const auto offline = document.value("offline", json::array());
  for (const auto& span : offline)
    till.offline.emplace_back(span.at(0).get<double>(), span.at(1).get<double>());
  return till;
}

}  // namespace

bool inside(const std::vector<ShareOfRun>& spans, double progress) {
  return std::any_of(spans.begin(), spans.end(), [progress](const auto& span) {
    return progress >= span.first && progress < span.second;
  });
}

ScenarioServer server_of(const json& document) {
  ScenarioServer server;
  server.url = document.at("url").get<std::string>();
  server.prepare = document.value("prepare", std::vector<std::vector<std::string>>{});
  server.command = command_of(document, "command");
  server.till_code_command = command_of(document, "till_code_command");
  server.user = document.at("user").get<std::string>();
  server.password = document.at("password").get<std::string>();
  server.kill_at = document.value("kill_at", std::vector<double>{});
  return server;
}

json load_with_environment(const std::filesystem::path& file) {
  std::ifstream input(file, std::ios::binary);
  if (!input) throw std::runtime_error("cannot read " + file.string());
  auto document = json::parse(input, nullptr, /*allow_exceptions=*/false);
  if (!document.is_object()) throw std::runtime_error(file.string() + " is not a JSON object");
  replace_variables(document);
  return document;
}

Scenario load_scenario(const std::filesystem::path& file) {
  const auto document = load_with_environment(file);
  const auto base = std::filesystem::absolute(file).parent_path();
  const auto path = [&](const json& parent, const char* member) {
    const auto text = parent.value(member, std::string{});
    return text.empty() ? std::filesystem::path{} : base / text;
  };
  try {
    Scenario scenario;
    scenario.seed = document.value("seed", scenario.seed);
    scenario.plugin = base / document.at("plugin").get<std::string>();
    scenario.work_folder = base / document.at("work_folder").get<std::string>();
    scenario.server = server_of(document.at("server"));
    for (const auto& till : document.at("tills")) scenario.tills.push_back(till_of(till));
    if (scenario.tills.empty()) throw std::runtime_error("tills: at least one is needed");
    if (const auto sync = document.find("sync"); sync != document.end()) scenario.sync = sync->dump();
    for (const auto& source : document.at("transactions")) {
      const auto& mapping = source.at("mapping");
      scenario.transactions.push_back(
          {base / source.at("file").get<std::string>(),
           mapping.is_string() ? load_mapping(base / mapping.get<std::string>()) : parse_mapping(mapping)});
    }
    const auto customers = document.value("customers", json::array());
    for (const auto& name : customers) scenario.customers.push_back(base / name.get<std::string>());
    const auto& texts = document.at("texts");
    if (texts.is_array()) {
      scenario.texts = texts.get<std::vector<std::string>>();
    } else {
      scenario.texts_file = path(texts, "file");
      scenario.texts_column = texts.at("column").get<std::string>();
    }
    scenario.tickets = document.value("tickets", scenario.tickets);
    scenario.ticket_template = document.value("ticket", json::object());
    const auto variants = document.value("ticket_variants", json::array());
    for (const auto& variant : variants) scenario.ticket_variants.push_back(variant);
    scenario.till_kills = document.value("till_kills", scenario.till_kills);
    scenario.drain_limit =
        std::chrono::seconds(document.value("drain_limit_seconds", scenario.drain_limit.count()));
    if (const auto ledger = document.find("ledger"); ledger != document.end())
      scenario.ledger =
          PlantedLedger{path(*ledger, "file"), ledger->value("withheld", 0.0), ledger->value("altered", 0.0)};
    scenario.report = path(document, "report");
    return scenario;
  } catch (const json::exception& problem) {
    throw std::runtime_error(file.string() + ": " + problem.what());
  }
}

}  // namespace ccms::host_sim
