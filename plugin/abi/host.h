#pragma once

#include <atomic>

#include "plugin/app/host_port.h"
#include "plugin/include/ccms/ccms_plugin.h"

namespace ccms::plugin::abi {

/// The host's function table behind our own interface. It enforces what the header promises: before start and
/// after stop no function of the host but `log` is called.
class Host final : public app::HostPort {
 public:
  /// `table` outlives this object and has been checked by check_host().
  explicit Host(const ccms_host_t& table) : table_(table) {}

  /// Between start and stop. Extensions are asked for once, at start.
  void open();
  void close();

  /// Only while open.
  bool is_ui_thread() const;

  void log(app::LogLevel level, std::string_view message) const override;
  void request_ui_callback() const override;
  bool training_mode() const override;
  std::optional<std::string> current_transaction() const override;

 private:
  template <class Extension>
  const Extension* extension(const char* id) const;

  const ccms_host_t& table_;
  std::atomic<bool> open_{false};
  const ccms_host_current_transaction_t* current_transaction_ = nullptr;
  const ccms_host_training_mode_t* training_mode_ = nullptr;
};

}  // namespace ccms::plugin::abi
