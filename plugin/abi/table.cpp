#include "plugin/abi/table.h"

#include <memory>
#include <string>
#include <utility>

#include "plugin/abi/guard.h"
#include "plugin/abi/instance.h"
#include "plugin/app/enrol.h"
#include "plugin/app/find_tickets.h"
#include "plugin/app/form.h"
#include "plugin/app/host_event.h"
#include "plugin/app/screens.h"
#include "plugin/app/show_ticket.h"
#include "plugin/app/slip_printing.h"
#include "plugin/app/status.h"
#include "plugin/app/take_result.h"
#include "plugin/app/unsent.h"

/// The opaque handle of the header.
struct ccms_instance {
  explicit ccms_instance(std::unique_ptr<ccms::plugin::abi::Instance> made) : instance(std::move(made)) {}

  std::unique_ptr<ccms::plugin::abi::Instance> instance;
};

namespace ccms::plugin::abi {
namespace {

using app::Till;

int32_t report_error(ccms_error_t* error, const domain::Error& failure) {
  return report(error, status_of(failure), failure.message, failure.field);
}

/// Checks the handle and the error struct, thread and state, then runs `work(Instance&)`, which gives a
/// domain::Result<void>; nothing that it throws gets out.
template <class Work>
int32_t guarded(ccms_instance_t* self, const Rule& rule, ccms_error_t* error, Work&& work) noexcept {
  return catch_all(error, [&]() -> int32_t {
    if (auto usable = check_error_struct(error); !usable) return CCMS_INVALID_ARGUMENT;
    if (self == nullptr) return report(error, CCMS_INVALID_ARGUMENT, "the instance is NULL");
    Instance& instance = *self->instance;
    if (const auto refusal = instance.check(rule)) {
      instance.log_misbehaviour(refusal->message);
      return report(error, refusal->status, refusal->message);
    }
    const Instance::UiCall ui_call(instance, rule.thread);
    const domain::Result<void> done = work(instance);
    return done ? CCMS_OK : report_error(error, done.error());
  });
}

/// A function that takes JSON and answers with JSON.
template <class UseCase>
int32_t answer(ccms_instance_t* self, const Rule& rule, ccms_string_t request, ccms_writer_t reply,
               ccms_error_t* error, UseCase use_case) noexcept {
  return guarded(self, rule, error, [&](Instance& instance) -> domain::Result<void> {
    if (auto checked = check_request(request); !checked) return checked;
    if (auto checked = check_writer(reply); !checked) return checked;
    const std::string_view bytes =
        request.size == 0 ? std::string_view() : std::string_view(request.data, request.size);
    const domain::Result<std::string> result = use_case(instance.till(), bytes);
    if (!result) return result.error();
    reply.write(reply.context, result->data(), result->size());
    return {};
  });
}

constexpr unsigned kAnyState = kCreated | kStarted | kStopped;

int32_t start(ccms_instance_t* self, ccms_error_t* error) {
  return guarded(self, {"start", OnThread::ui, kCreated | kStopped}, error,
                 [](Instance& instance) -> domain::Result<void> {
                   instance.start();
                   return {};
                 });
}

int32_t stop(ccms_instance_t* self, ccms_error_t* error) {
  return guarded(self, {"stop", OnThread::ui, kStarted}, error,
                 [](Instance& instance) -> domain::Result<void> {
                   instance.stop();
                   return {};
                 });
}

int32_t destroy(ccms_instance_t* self) {
  const int32_t status = guarded(self, {"destroy", OnThread::ui, kAnyState}, nullptr,
                                 [](Instance&) -> domain::Result<void> { return {}; });
  return catch_all(nullptr, [&]() -> int32_t {
    // The function whose callback this is needs the instance still. Else it is gone whatever is returned.
    if (self != nullptr && self->instance->inside_callback()) return status;
    delete self;
    return status;
  });
}

#define CCMS_ANSWERING(name, use_case)                                                                   \
  int32_t name(ccms_instance_t* self, ccms_string_t request, ccms_writer_t reply, ccms_error_t* error) { \
    return answer(self, {#name, OnThread::ui, kStarted}, request, reply, error, use_case);               \
  }
CCMS_ANSWERING(screens, app::screens)
CCMS_ANSWERING(form, app::form)
CCMS_ANSWERING(create_ticket, app::create_ticket_and_print)
CCMS_ANSWERING(act, app::act_and_print)
CCMS_ANSWERING(find_tickets, app::find_tickets)
CCMS_ANSWERING(ticket, app::show_ticket)
CCMS_ANSWERING(unsent, app::unsent)
CCMS_ANSWERING(enrol, app::enrol)
CCMS_ANSWERING(take_result, app::take_result)
#undef CCMS_ANSWERING

int32_t status(ccms_instance_t* self, ccms_string_t request, ccms_writer_t reply, ccms_error_t* error) {
  return answer(self, {"status", OnThread::any, kAnyState}, request, reply, error, app::status);
}

int32_t on_event(ccms_instance_t* self, ccms_string_t event, ccms_error_t* error) {
  return guarded(
      self, {"on_event", OnThread::ui, kStarted}, error, [&](Instance& instance) -> domain::Result<void> {
        if (auto checked = check_request(event); !checked) return checked;
        return app::on_event(instance.till(),
                             event.size == 0 ? std::string_view() : std::string_view(event.data, event.size));
      });
}

int32_t on_ui_callback(ccms_instance_t* self, ccms_writer_t reply, ccms_error_t* error) {
  return answer(
      self, {"on_ui_callback", OnThread::ui, kStarted}, {nullptr, 0}, reply, error,
      [](Till& till, std::string_view) -> domain::Result<std::string> { return till.events.drain(); });
}

const void* get_extension(ccms_instance_t*, const char*) { return nullptr; }

}  // namespace

const ccms_plugin_t kPluginTable = {
    sizeof(ccms_plugin_t),
    CCMS_ABI_MAJOR,
    CCMS_ABI_MINOR,
    start,
    stop,
    destroy,
    screens,
    form,
    create_ticket,
    act,
    find_tickets,
    ticket,
    unsent,
    enrol,
    status,
    take_result,
    on_event,
    on_ui_callback,
    get_extension,
};

int32_t create(const ccms_host_t* host, ccms_string_t config, const ccms_plugin_t** plugin,
               ccms_instance_t** instance, ccms_error_t* error) noexcept {
  return catch_all(error, [&]() -> int32_t {
    if (auto usable = check_error_struct(error); !usable) return CCMS_INVALID_ARGUMENT;
    if (plugin == nullptr || instance == nullptr) {
      return report(error, CCMS_INVALID_ARGUMENT, "there is no place for the plugin or the instance");
    }
    *plugin = nullptr;
    *instance = nullptr;
    if (auto checked = check_host(host); !checked) return report_error(error, checked.error());
    if (auto checked = check_request(config); !checked) return report_error(error, checked.error());
    auto made = Instance::create(
        *host, config.size == 0 ? std::string_view() : std::string_view(config.data, config.size));
    if (!made) return report_error(error, made.error());
    *instance = std::make_unique<ccms_instance>(std::move(made).value()).release();
    *plugin = &kPluginTable;
    return CCMS_OK;
  });
}

}  // namespace ccms::plugin::abi
