#include "host-sim/run/server_process.h"

#include <Poco/URI.h>

#include <poll.h>

#include <stdexcept>

#include "host-sim/net/http_json.h"

namespace ccms::host_sim {
namespace {

std::string joined(const std::vector<std::string>& command) {
  std::string text;
  for (const auto& part : command) text += (text.empty() ? "" : " ") + part;
  return text;
}

std::string replaced(std::string text, const std::string& placeholder, const std::string& value) {
  for (auto at = text.find(placeholder); at != std::string::npos;
       at = text.find(placeholder, at + value.size()))
    text.replace(at, placeholder.size(), value);
  return text;
}

}  // namespace

ServerProcess::ServerProcess(const Scenario& scenario) : scenario_(scenario) {
  const Poco::URI url(scenario.server.url);
  port_ = url.getPort();
}

void ServerProcess::prepare() {
  for (const auto& command : scenario_.server.prepare)
    if (const auto result = run_command(command, log(), std::chrono::minutes(5)); result.exit_code != 0)
      throw std::runtime_error("'" + joined(command) + "' failed; see " + log().string());
}

void ServerProcess::start() {
  if (!scenario_.server.command.empty())
    process_ = std::make_unique<ChildProcess>(scenario_.server.command, log());
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!ready()) {
    if (process_ && !process_->running())
      throw std::runtime_error("the server ended at its start; see " + log().string());
    if (std::chrono::steady_clock::now() > deadline)
      throw std::runtime_error("the server at " + scenario_.server.url + " is not ready after 60 s");
    poll(nullptr, 0, 20);
  }
}

void ServerProcess::kill_now() {
  if (!process_) return;
  process_->kill_now();
  ++kills_;
}

void ServerProcess::stop() {
  if (process_) process_->stop(std::chrono::seconds(20));
  process_.reset();
}

std::string ServerProcess::till_code(const std::string& store, const std::string& till) {
  auto command = scenario_.server.till_code_command;
  for (auto& part : command) part = replaced(replaced(part, "{store}", store), "{till}", till);
  const auto result = run_command(command, log(), std::chrono::minutes(1));
  std::string output = result.output;
  while (!output.empty() && output.back() == '\n') output.pop_back();
  if (result.exit_code != 0 || output.empty())
    throw std::runtime_error("'" + joined(command) + "' gave no enrolment code; see " + log().string());
  const auto last_line = output.rfind('\n');
  return last_line == std::string::npos ? output : output.substr(last_line + 1);
}

bool ServerProcess::ready() const {
  try {
    return exchange_http(scenario_.server.url, "GET", "/readyz", {}, {}).status == 200;
  } catch (const std::runtime_error&) {
    return false;
  }
}

}  // namespace ccms::host_sim
