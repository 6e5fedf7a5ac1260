#include "host-sim/run/acknowledgements.h"

#include <stdexcept>

namespace ccms::host_sim {

AcknowledgementLog::AcknowledgementLog(const std::filesystem::path& file) : file_(file, std::ios::trunc) {
  if (!file_) throw std::runtime_error("cannot write " + file.string());
}

void AcknowledgementLog::note(const std::string& till, const nlohmann::json& reply) {
  try {
    all_.push_back({till, reply.at("event_id").get<std::string>(), reply.at("ticket_id").get<std::string>(),
                    reply.at("code").get<std::string>(), reply.at("capture_sha256").get<std::string>()});
  } catch (const nlohmann::json::exception& problem) {
    throw std::runtime_error(std::string("create_ticket's reply is incomplete: ") + problem.what());
  }
  const auto& noted = all_.back();
  file_ << nlohmann::ordered_json{{"till", noted.till},
                                  {"event_id", noted.event_id},
                                  {"ticket_id", noted.ticket_id},
                                  {"code", noted.code},
                                  {"capture_sha256", noted.sha256}}
        << std::endl;
}

}  // namespace ccms::host_sim
