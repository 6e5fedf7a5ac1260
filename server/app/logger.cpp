#include "server/app/logger.h"

#include <spdlog/sinks/null_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "core/domain/time.h"
#include "server/app/clock.h"

namespace ccms::server {
namespace {

void write(spdlog::logger& logger, spdlog::level::level_enum level, const char* level_name,
           std::string_view event, const nlohmann::json& fields) {
  if (!logger.should_log(level)) return;
  nlohmann::json line = fields.is_object() ? fields : nlohmann::json::object();
  line["at"] = domain::format_rfc3339(SystemClock().now());
  line["level"] = level_name;
  line["event"] = event;
  logger.log(level,
             spdlog::string_view_t(line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)));
}

}  // namespace

Logger::Logger(std::string_view level) {
  // Made by hand instead of through spdlog's registry, which is process-wide.
  logger_ = std::make_shared<spdlog::logger>("ccms", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger_->set_pattern("%v");
  const auto chosen = spdlog::level::from_str(std::string(level));
  logger_->set_level(chosen == spdlog::level::off && level != "off" ? spdlog::level::info : chosen);
  logger_->flush_on(spdlog::level::info);
}

Logger Logger::silent() {
  Logger logger("off");
  return logger;
}

void Logger::debug(std::string_view event, const nlohmann::json& fields) const {
  write(*logger_, spdlog::level::debug, "debug", event, fields);
}

void Logger::info(std::string_view event, const nlohmann::json& fields) const {
  write(*logger_, spdlog::level::info, "info", event, fields);
}

void Logger::warn(std::string_view event, const nlohmann::json& fields) const {
  write(*logger_, spdlog::level::warn, "warn", event, fields);
}

void Logger::error(std::string_view event, const nlohmann::json& fields) const {
  write(*logger_, spdlog::level::err, "error", event, fields);
}

}  // namespace ccms::server
