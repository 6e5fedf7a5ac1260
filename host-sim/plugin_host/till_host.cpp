#include "host-sim/plugin_host/till_host.h"

#include <atomic>
#include <stdexcept>
#include <utility>

#include "host-sim/plugin_host/plugin_library.h"
#include "host-sim/plugin_host/request_functions.h"
#include "host-sim/plugin_host/serial_thread.h"

namespace ccms::host_sim {
namespace {

ccms_string_t as_ccms(std::string_view text) { return {text.data(), text.size()}; }
std::string_view as_view(ccms_string_t text) {
  return text.data == nullptr ? std::string_view{} : std::string_view{text.data, text.size};
}

ccms_error_t empty_error() {
  ccms_error_t error{};
  error.struct_size = sizeof error;
  return error;
}

/// Collects what the plugin writes. The callback must come at most once; a second one is a plugin's fault and
/// is kept visible by appending.
ccms_writer_t writer_into(std::string& target) {
  return {&target, [](void* context, const char* data, size_t size) {
            static_cast<std::string*>(context)->append(data, size);
          }};
}

PluginReply reply_of(int status, std::string json, const ccms_error_t& error) {
  if (status == CCMS_OK) return {status, std::move(json), {}, {}};
  return {status, {}, error.message, error.field};
}

int32_t write_or_not_found(const std::string& json, ccms_writer_t reply) {
  if (json.empty()) return CCMS_NOT_FOUND;
  reply.write(reply.context, json.data(), json.size());
  return CCMS_OK;
}

}  // namespace

struct TillHost::Impl {
  Impl(SerialThread& thread, HostServices given) : ui(thread), services(std::move(given)) {
    host.struct_size = sizeof host;
    host.abi_major = CCMS_ABI_MAJOR;
    host.abi_minor = CCMS_ABI_MINOR;
    host.data = this;
    host.log = [](void* data, int32_t level, ccms_string_t message) {
      self(data).services.log(level, as_view(message));
    };
    host.is_ui_thread = [](void* data) -> int32_t { return self(data).ui.is_current() ? 1 : 0; };
    host.request_ui_callback = [](void* data) { self(data).request_ui_callback(); };
    host.get_extension = [](void* data, const char* id) { return self(data).extension(id); };
    fill_extensions();
  }

  static Impl& self(void* data) { return *static_cast<Impl*>(data); }

  void fill_extensions() {
    current.struct_size = sizeof current;
    current.get = [](void* data, ccms_writer_t reply) {
      return write_or_not_found(self(data).services.current_transaction(), reply);
    };
    lookup.struct_size = sizeof lookup;
    lookup.transactions = [](void* data, ccms_string_t query, ccms_writer_t reply) {
      return write_or_not_found(self(data).services.find_transactions(as_view(query)), reply);
    };
    lookup.customers = [](void* data, ccms_string_t query, ccms_writer_t reply) {
      return write_or_not_found(self(data).services.find_customers(as_view(query)), reply);
    };
    print.struct_size = sizeof print;
    print.slip = [](void* data, ccms_string_t slip) -> int32_t {
      return self(data).services.print_slip(as_view(slip)) ? CCMS_OK : CCMS_UNAVAILABLE;
    };
    scanner.struct_size = sizeof scanner;
    scanner.listen = [](void* data, int32_t on) -> int32_t {
      self(data).services.direct_scanner(on != 0);
      return CCMS_OK;
    };
    manager.struct_size = sizeof manager;
    manager.ask = [](void* data, ccms_string_t request, ccms_writer_t reply) {
      const auto answer = self(data).services.ask_manager(as_view(request));
      return answer.empty() ? CCMS_UNAVAILABLE : write_or_not_found(answer, reply);
    };
    training.struct_size = sizeof training;
    training.active = [](void* data) -> int32_t { return self(data).services.training_mode() ? 1 : 0; };
  }

  const void* extension(const char* id) {
    const std::string_view name = id;
    if (name == CCMS_HOST_CURRENT_TRANSACTION && services.current_transaction) return &current;
    if (name == CCMS_HOST_LOOKUP && services.find_transactions && services.find_customers) return &lookup;
    if (name == CCMS_HOST_PRINT && services.print_slip) return &print;
    if (name == CCMS_HOST_SCANNER && services.direct_scanner) return &scanner;
    if (name == CCMS_HOST_MANAGER_APPROVAL && services.ask_manager) return &manager;
    if (name == CCMS_HOST_TRAINING_MODE && services.training_mode) return &training;
    return nullptr;
  }

  // The worker may ask many times before the UI thread gets round to it; one callback answers them all.
  void request_ui_callback() {
    if (callback_pending.exchange(true)) return;
    ui.post([this] {
      callback_pending = false;
      if (instance == nullptr) return;
      std::string events;
      if (plugin->on_ui_callback(instance, writer_into(events), nullptr) == CCMS_OK &&
          services.on_plugin_events)
        services.on_plugin_events(events);
    });
  }

  template <class Call>
  PluginReply on_ui(Call&& function) {
    return ui.run([&] {
      std::string json;
      ccms_error_t error = empty_error();
      const int status = function(writer_into(json), &error);
      return reply_of(status, std::move(json), error);
    });
  }

  SerialThread& ui;
  HostServices services;
  ccms_host_t host{};
  ccms_host_current_transaction_t current{};
  ccms_host_lookup_t lookup{};
  ccms_host_print_t print{};
  ccms_host_scanner_t scanner{};
  ccms_host_manager_approval_t manager{};
  ccms_host_training_mode_t training{};
  std::atomic<bool> callback_pending{false};
  const ccms_plugin_t* plugin = nullptr;
  ccms_instance_t* instance = nullptr;
};

TillHost::TillHost(const PluginLibrary& library, SerialThread& ui, HostServices services,
                   const std::string& config)
    : impl_(std::make_unique<Impl>(ui, std::move(services))) {
  const auto reply = impl_->on_ui([&](ccms_writer_t, ccms_error_t* error) {
    return library.entry().create(&impl_->host, as_ccms(config), &impl_->plugin, &impl_->instance, error);
  });
  if (!reply.ok())
    throw std::runtime_error("the plugin refused to start: " + reply.message +
                             (reply.field.empty() ? "" : " (at " + reply.field + ")"));
}

TillHost::~TillHost() {
  impl_->ui.run([this] {
    impl_->plugin->destroy(impl_->instance);
    impl_->instance = nullptr;  // a callback still in the queue finds nothing to call
  });
  impl_->ui.run([] {});  // such a callback has run before the instance's table goes
}

PluginReply TillHost::start() {
  return impl_->on_ui(
      [this](ccms_writer_t, ccms_error_t* error) { return impl_->plugin->start(impl_->instance, error); });
}

PluginReply TillHost::stop() {
  return impl_->on_ui(
      [this](ccms_writer_t, ccms_error_t* error) { return impl_->plugin->stop(impl_->instance, error); });
}

PluginReply TillHost::call(std::string_view function, std::string_view request) {
  const auto* found = find_request_function(function);
  if (found == nullptr)
    return {CCMS_NOT_FOUND, {}, "the plugin has no function " + std::string(function), {}};
  return impl_->on_ui([&](ccms_writer_t reply, ccms_error_t* error) {
    return (impl_->plugin->*found->function)(impl_->instance, as_ccms(request), reply, error);
  });
}

PluginReply TillHost::event(std::string_view event_json) {
  return impl_->on_ui([&](ccms_writer_t, ccms_error_t* error) {
    return impl_->plugin->on_event(impl_->instance, as_ccms(event_json), error);
  });
}

}  // namespace ccms::host_sim
