#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <string_view>

#include "server/app/secret.h"

namespace spdlog {
class logger;
}

namespace ccms::server {

/// Keeps secrets out of logs and answers: they become stars wherever JSON is made.
inline void to_json(nlohmann::json& target, const Secret&) { target = "***"; }

/// Structured log: one JSON object per line, {"at","level","event", …fields}. Thread-safe. Ids of request and
/// ticket go into fields named request_id and ticket_id. Personal content does not belong here.
class Logger {
 public:
  /// Writes to standard error. `level` is debug, info, warn or error; another word means info.
  explicit Logger(std::string_view level);
  /// Says nothing; for tests.
  static Logger silent();
  /// Writes to `out`, which outlives every copy of the logger.
  static Logger to_stream(std::string_view level, std::ostream& out);

  void debug(std::string_view event, const nlohmann::json& fields = nlohmann::json::object()) const;
  void info(std::string_view event, const nlohmann::json& fields = nlohmann::json::object()) const;
  void warn(std::string_view event, const nlohmann::json& fields = nlohmann::json::object()) const;
  void error(std::string_view event, const nlohmann::json& fields = nlohmann::json::object()) const;

 private:
  explicit Logger(std::shared_ptr<spdlog::logger> logger);

  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace ccms::server
