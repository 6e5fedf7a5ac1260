#include "server/app/logger.h"

#include <spdlog/sinks/ostream_sink.h>
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

// Made by hand instead of through spdlog's registry, which is process-wide.
std::shared_ptr<spdlog::logger> logger_with(std::string_view level, spdlog::sink_ptr sink) {
  auto logger = std::make_shared<spdlog::logger>("ccms", std::move(sink));
  logger->set_pattern("%v");
  const auto chosen = spdlog::level::from_str(std::string(level));
  logger->set_level(chosen == spdlog::level::off && level != "off" ? spdlog::level::info : chosen);
  logger->flush_on(spdlog::level::info);
  return logger;
}

}  // namespace

Logger::Logger(std::shared_ptr<spdlog::logger> logger) : logger_(std::move(logger)) {}

Logger::Logger(std::string_view level)
    : Logger(logger_with(level, std::make_shared<spdlog::sinks::stderr_sink_mt>())) {}

Logger Logger::to_stream(std::string_view level, std::ostream& out) {
  return Logger(logger_with(level, std::make_shared<spdlog::sinks::ostream_sink_mt>(out)));
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
