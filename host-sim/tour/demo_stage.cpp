#include "host-sim/tour/demo_stage.h"

#include <chrono>
#include <fstream>
#include <ostream>
#include <stdexcept>

#include "host-sim/net/http_json.h"
#include "host-sim/process/wait_until.h"

namespace ccms::host_sim {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::chrono::seconds kLongestStart{30};

}  // namespace

DemoStage::DemoStage(const TourConfig& config, std::ostream& out)
    : config_(config),
      out_(out),
      server_scenario_([&] {
        Scenario scenario;
        scenario.server = config.server;
        scenario.work_folder = config.work_folder;
        return scenario;
      }()),
      server_(server_scenario_) {
  std::filesystem::create_directories(config_.work_folder);
  network_ = std::make_unique<FaultProxy>(FaultProxy::Settings{.upstream_port = server_.port()}, [this] {
    return network_up_ ? NetworkFault::kNone : NetworkFault::kCut;
  });
}

DemoStage::~DemoStage() { stop_server_and_till(); }

void DemoStage::open() {
  prepare_once();
  reset();
}

void DemoStage::prepare_once() {
  if (std::filesystem::exists(first_state() / "complete")) return;
  out_ << "preparing the chain's data (once)" << std::endl;
  std::filesystem::remove_all(config_.server_data);
  std::filesystem::remove_all(first_state());
  std::filesystem::create_directories(config_.server_data);
  server_.prepare();
  std::filesystem::copy(config_.server_data, first_state(), std::filesystem::copy_options::recursive);
  std::ofstream(first_state() / "complete") << "the server's data before the tour\n";
}

void DemoStage::reset() {
  stop_server_and_till();
  std::filesystem::remove_all(config_.server_data);
  std::filesystem::copy(first_state(), config_.server_data, std::filesystem::copy_options::recursive);
  std::filesystem::remove(config_.server_data / "complete");
  std::filesystem::remove_all(till_folder());
  network_up_ = true;
  start_server_and_till();
  enrol_till();
}

void DemoStage::start_server_and_till() {
  server_.start();
  start_till();
}

void DemoStage::stop_server_and_till() {
  if (till_) till_->stop(std::chrono::seconds(10));
  till_.reset();
  server_.stop();
}

void DemoStage::start_till() {
  if (till_) return;
  std::filesystem::create_directories(till_folder());
  const auto config_file = till_folder() / "till.json";
  std::ofstream(config_file) << till_document().dump(2) << '\n';
  till_ = std::make_unique<ChildProcess>(
      std::vector<std::string>{"/proc/self/exe", "--config", config_file.string(), "serve"},
      till_folder() / "till.log");
  wait_until(
      [this] {
        if (!till_->running())
          throw std::runtime_error("the till ended at its start; see " + till_folder().string());
        try {
          till_state();
          return true;
        } catch (const std::runtime_error&) {
          return false;
        }
      },
      kLongestStart, "the till's screen");
}

json DemoStage::till_document() const {
  auto document = config_.till;
  document["data_folder"] = (till_folder() / "data").string();
  document["server_url"] = network_->url();
  return document;
}

void DemoStage::kill_till() {
  if (till_) till_->kill_now();
  till_.reset();
}

void DemoStage::set_network(bool up) {
  network_up_ = up;
  if (till_) call_till("/till/api/event", {{"event", {{"type", "network"}, {"up", up}}}});
}

json DemoStage::till_state() const {
  return json::parse(exchange_http(config_.till_url, "GET", "/till/api/state", {}, {}).body);
}

json DemoStage::call_till(const std::string& path, const ordered_json& body) const {
  return json::parse(exchange_http(config_.till_url, "POST", path, body.dump(), {}).body);
}

void DemoStage::enrol_till() {
  const auto code = server_.till_code(config_.till.at("store").get<std::string>(),
                                      config_.till.at("till").get<std::string>());
  const auto started = call_till("/till/api/call/enrol", {{"code", code}});
  if (!started.contains("request_id"))
    throw std::runtime_error("the till cannot be enrolled: " + started.dump());
  wait_until([this] { return till_state().at("status").value("settings_version", 0) > 0; }, kLongestStart,
             "the till's settings");
}

}  // namespace ccms::host_sim
