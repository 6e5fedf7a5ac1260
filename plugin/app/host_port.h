#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/domain/result.h"

namespace ccms::plugin::app {

enum class LogLevel { debug, info, warning, error, host_misbehaving };

/// What the use cases and the worker ask of the point-of-sale host. `log` and `request_ui_callback` may be
/// called from any thread; the rest on the UI thread alone, during a call of the host. Nothing that a host
/// does in these, throwing included, gets further than an error of code "unavailable".
class HostPort {
 public:
  virtual ~HostPort() = default;
  virtual void log(LogLevel level, std::string_view message) const = 0;
  /// Asks the host to come back on its UI thread with on_ui_callback.
  virtual void request_ui_callback() const = 0;
  virtual bool training_mode() const = 0;
  /// The transaction on the till's screen as JSON; nullopt when there is none or the host cannot tell.
  virtual std::optional<std::string> current_transaction() const = 0;

  /// {"transactions": […]} and {"customers": […]} for {"text": "…"} or one of "receipt", "mobile", "card".
  /// nullopt when there are none. Errors: "unavailable", also of a host that has no look-up.
  virtual domain::Result<std::optional<std::string>> find_transactions(const std::string& query) const = 0;
  virtual domain::Result<std::optional<std::string>> find_customers(const std::string& query) const = 0;

  /// Prints a slip. Errors: "unavailable".
  virtual domain::Result<void> print(const std::string& slip_json) const = 0;

  /// Directs the scanner's input to on_event, or no longer. False when the host does not.
  virtual bool listen_to_scanner(bool on) const = 0;

  virtual bool asks_managers() const = 0;
  /// The manager's answer as JSON. Errors: "unavailable".
  virtual domain::Result<std::string> ask_manager(const std::string& request) const = 0;
};

}  // namespace ccms::plugin::app
