#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace ccms::host_sim {

/// What a till promised: this event is durable.
struct Acknowledgement {
  std::string till;
  std::string event_id;
  std::string ticket_id;
  std::string code;
  std::string sha256;  ///< of the capture's bytes
};

/// The promises of all tills, written by the run, outside the processes that it kills. Each line reaches the
/// file before the run goes on.
class AcknowledgementLog {
 public:
  /// Errors: std::runtime_error when the file cannot be written.
  explicit AcknowledgementLog(const std::filesystem::path& file);

  /// Notes create_ticket's reply. Errors: std::runtime_error when the reply lacks a member.
  void note(const std::string& till, const nlohmann::json& reply);
  const std::vector<Acknowledgement>& all() const noexcept { return all_; }

 private:
  std::ofstream file_;
  std::vector<Acknowledgement> all_;
};

}  // namespace ccms::host_sim
