#include "host-sim/run/till_process.h"

#include <fstream>
#include <stdexcept>

namespace ccms::host_sim {
namespace {

constexpr std::chrono::seconds kLongestReply{60};

}  // namespace

TillProcess::TillProcess(const Scenario& scenario, std::size_t index, std::uint16_t server_port)
    : till_(scenario.tills[index]),
      folder_(scenario.work_folder / till_.till),
      config_file_(folder_ / "till.json"),
      random_(scenario.seed * 1000 + index) {
  std::filesystem::create_directories(folder_);
  proxy_ = std::make_unique<FaultProxy>(
      FaultProxy::Settings{.upstream_port = server_port, .slow_delay = std::chrono::milliseconds(300)},
      [this] { return next_fault(); });
  nlohmann::ordered_json config{{"plugin", scenario.plugin.string()},
                                {"data_folder", (folder_ / "data").string()},
                                {"server_url", proxy_->url()},
                                {"store", till_.store},
                                {"till", till_.till}};
  if (!scenario.sync.empty()) config["sync"] = nlohmann::ordered_json::parse(scenario.sync);
  std::ofstream(config_file_) << config.dump(2) << '\n';
}

void TillProcess::start() {
  process_ = std::make_unique<ChildProcess>(
      std::vector<std::string>{"/proc/self/exe", "--config", config_file_.string(), "agent"},
      folder_ / "till.log");
  const auto first = process_->read_line(kLongestReply);
  if (!first || *first != R"({"ready":true})")
    throw std::runtime_error("till " + till_.till + " did not start; see " + (folder_ / "till.log").string());
}

void TillProcess::kill_now() {
  process_->kill_now();
  ++kills_;
}

void TillProcess::stop() {
  if (!process_) return;
  process_->close_input();
  if (!process_->wait(std::chrono::seconds(20)))
    throw std::runtime_error("till " + till_.till + " did not end within 20 s of being asked to");
  process_.reset();
}

void TillProcess::begin_call(const std::string& function, const nlohmann::ordered_json& request) {
  process_->write_line(
      nlohmann::ordered_json{{"call", function}, {"request", request}, {"announce", true}}.dump());
  const auto announced = take_reply();
  if (!announced || !announced->contains("begins"))
    throw std::runtime_error("till " + till_.till + " died before " + function);
}

std::optional<nlohmann::json> TillProcess::take_reply() {
  const auto line = process_->read_line(kLongestReply);
  if (!line) return std::nullopt;
  return nlohmann::json::parse(*line);
}

nlohmann::json TillProcess::call(const std::string& function, const nlohmann::ordered_json& request) {
  process_->write_line(nlohmann::ordered_json{{"call", function}, {"request", request}}.dump());
  auto reply = take_reply();
  if (!reply) throw std::runtime_error("till " + till_.till + " died during " + function);
  return std::move(*reply);
}

void TillProcess::tell(const nlohmann::ordered_json& event) {
  process_->write_line(nlohmann::ordered_json{{"event", event}}.dump());
  if (!take_reply()) throw std::runtime_error("till " + till_.till + " died when told of an event");
}

void TillProcess::stop_next_send(RequestStage stage) { proxy_->stop_next("/api/v1/sync/captures", stage); }

NetworkFault TillProcess::next_fault() {
  if (offline_) return NetworkFault::kCut;
  if (faults_over_) return NetworkFault::kNone;
  const std::lock_guard lock(random_mutex_);
  double point = static_cast<double>(random_() >> 11) / static_cast<double>(1ULL << 53);
  for (const auto& [fault, probability] : till_.faults) {
    if (point < probability) return fault;
    point -= probability;
  }
  return NetworkFault::kNone;
}

}  // namespace ccms::host_sim
