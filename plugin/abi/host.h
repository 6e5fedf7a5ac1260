#pragma once

#include <atomic>
#include <functional>

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
  domain::Result<std::optional<std::string>> find_transactions(const std::string& query) const override;
  domain::Result<std::optional<std::string>> find_customers(const std::string& query) const override;
  domain::Result<void> print(const std::string& slip_json) const override;
  bool listen_to_scanner(bool on) const override;
  bool asks_managers() const override;
  domain::Result<std::string> ask_manager(const std::string& request) const override;

 private:
  template <class Extension>
  const Extension* extension(const char* id) const;

  /// Calls one function of an extension and gives back what it wrote; nullopt for CCMS_NOT_FOUND. Everything
  /// else that is not CCMS_OK with a reply, exceptions included, is "unavailable"; what breaks the rules is
  /// logged.
  domain::Result<std::optional<std::string>> ask(const char* what,
                                                 const std::function<int32_t(ccms_writer_t)>& call) const;
  /// The same for a function that writes nothing.
  domain::Result<void> tell(const char* what, const std::function<int32_t()>& call) const;
  domain::Error failed(const char* what, const std::string& how, app::LogLevel level) const;

  const ccms_host_t& table_;
  std::atomic<bool> open_{false};
  const ccms_host_current_transaction_t* current_transaction_ = nullptr;
  const ccms_host_lookup_t* lookup_ = nullptr;
  const ccms_host_print_t* print_ = nullptr;
  const ccms_host_scanner_t* scanner_ = nullptr;
  const ccms_host_manager_approval_t* manager_approval_ = nullptr;
  const ccms_host_training_mode_t* training_mode_ = nullptr;
};

}  // namespace ccms::plugin::abi
