#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ccms::plugin::app {

enum class LogLevel { debug, info, warning, error, host_misbehaving };

/// What the use cases and the worker ask of the point-of-sale host. `log` and `request_ui_callback` may be
/// called from any thread; the rest on the UI thread alone, during a call of the host.
class HostPort {
 public:
  virtual ~HostPort() = default;
  virtual void log(LogLevel level, std::string_view message) const = 0;
  /// Asks the host to come back on its UI thread with on_ui_callback.
  virtual void request_ui_callback() const = 0;
  virtual bool training_mode() const = 0;
  /// The transaction on the till's screen as JSON; nullopt when there is none or the host cannot tell.
  virtual std::optional<std::string> current_transaction() const = 0;
};

}  // namespace ccms::plugin::app
