#include "plugin/abi/host.h"

#include <exception>
#include <string>
#include <utility>

namespace ccms::plugin::abi {
namespace {

int32_t to_abi(app::LogLevel level) {
  switch (level) {
    case app::LogLevel::debug:
      return CCMS_LOG_DEBUG;
    case app::LogLevel::info:
      return CCMS_LOG_INFO;
    case app::LogLevel::warning:
      return CCMS_LOG_WARNING;
    case app::LogLevel::error:
      return CCMS_LOG_ERROR;
    case app::LogLevel::host_misbehaving:
      return CCMS_LOG_HOST_MISBEHAVING;
  }
  return CCMS_LOG_ERROR;
}

/// Collects what a host function writes.
struct Collected {
  std::string bytes;
  bool written = false;

  ccms_writer_t writer() {
    return {this, [](void* context, const char* data, size_t size) {
              auto& self = *static_cast<Collected*>(context);
              if (data != nullptr) self.bytes.assign(data, size);
              self.written = true;
            }};
  }
};

ccms_string_t to_abi(const std::string& text) { return {text.data(), text.size()}; }

domain::Error lacking(const char* what) {
  return {"unavailable", std::string("this till has no ") + what, {}};
}

}  // namespace

template <class Extension>
const Extension* Host::extension(const char* id) const {
  const auto* found = static_cast<const Extension*>(table_.get_extension(table_.data, id));
  if (found == nullptr) return nullptr;
  if (found->struct_size >= sizeof(Extension)) return found;
  log(app::LogLevel::host_misbehaving,
      std::string("extension ") + id + " has too small a struct_size; not used");
  return nullptr;
}

void Host::open() {
  open_.store(true);
  current_transaction_ = extension<ccms_host_current_transaction_t>(CCMS_HOST_CURRENT_TRANSACTION);
  lookup_ = extension<ccms_host_lookup_t>(CCMS_HOST_LOOKUP);
  print_ = extension<ccms_host_print_t>(CCMS_HOST_PRINT);
  scanner_ = extension<ccms_host_scanner_t>(CCMS_HOST_SCANNER);
  manager_approval_ = extension<ccms_host_manager_approval_t>(CCMS_HOST_MANAGER_APPROVAL);
  training_mode_ = extension<ccms_host_training_mode_t>(CCMS_HOST_TRAINING_MODE);
}

void Host::close() { open_.store(false); }

bool Host::is_ui_thread() const { return open_.load() && table_.is_ui_thread(table_.data) != 0; }

void Host::log(app::LogLevel level, std::string_view message) const {
  table_.log(table_.data, to_abi(level), {message.data(), message.size()});
}

void Host::request_ui_callback() const {
  if (open_.load()) table_.request_ui_callback(table_.data);
}

bool Host::training_mode() const {
  if (!open_.load() || training_mode_ == nullptr || training_mode_->active == nullptr) return false;
  return training_mode_->active(table_.data) != 0;
}

std::optional<std::string> Host::current_transaction() const {
  if (!open_.load() || current_transaction_ == nullptr || current_transaction_->get == nullptr)
    return std::nullopt;
  auto reply = ask("current transaction",
                   [this](ccms_writer_t writer) { return current_transaction_->get(table_.data, writer); });
  return reply ? std::move(reply).value() : std::nullopt;
}

domain::Result<std::optional<std::string>> Host::find_transactions(const std::string& query) const {
  if (!open_.load() || lookup_ == nullptr || lookup_->transactions == nullptr) return lacking("look-up");
  return ask("look-up of transactions",
             [&](ccms_writer_t writer) { return lookup_->transactions(table_.data, to_abi(query), writer); });
}

domain::Result<std::optional<std::string>> Host::find_customers(const std::string& query) const {
  if (!open_.load() || lookup_ == nullptr || lookup_->customers == nullptr) return lacking("look-up");
  return ask("look-up of customers",
             [&](ccms_writer_t writer) { return lookup_->customers(table_.data, to_abi(query), writer); });
}

domain::Result<void> Host::print(const std::string& slip_json) const {
  if (!open_.load() || print_ == nullptr || print_->slip == nullptr) return lacking("printer");
  return tell("printer", [&] { return print_->slip(table_.data, to_abi(slip_json)); });
}

bool Host::listen_to_scanner(bool on) const {
  if (!open_.load() || scanner_ == nullptr || scanner_->listen == nullptr) return false;
  return tell("scanner", [&] { return scanner_->listen(table_.data, on ? 1 : 0); }).ok();
}

bool Host::asks_managers() const {
  return open_.load() && manager_approval_ != nullptr && manager_approval_->ask != nullptr;
}

domain::Result<std::string> Host::ask_manager(const std::string& request) const {
  if (!asks_managers()) return lacking("manager approval");
  auto reply = ask("manager approval", [&](ccms_writer_t writer) {
    return manager_approval_->ask(table_.data, to_abi(request), writer);
  });
  if (!reply) return reply.error();
  if (!*reply) return failed("manager approval", "gave no answer", app::LogLevel::host_misbehaving);
  return std::move(**reply);
}

domain::Result<std::optional<std::string>> Host::ask(
    const char* what, const std::function<int32_t(ccms_writer_t)>& call) const {
  Collected reply;
  bool found = true;
  const auto told = tell(what, [&]() -> int32_t {
    const auto status = call(reply.writer());
    found = status != CCMS_NOT_FOUND;
    return found ? status : CCMS_OK;
  });
  if (!told) return told.error();
  if (!found) return std::optional<std::string>();
  if (!reply.written) return failed(what, "said CCMS_OK without a reply", app::LogLevel::host_misbehaving);
  return std::optional(std::move(reply.bytes));
}

domain::Result<void> Host::tell(const char* what, const std::function<int32_t()>& call) const {
  try {
    const auto status = call();
    if (status == CCMS_OK) return {};
    if (status == CCMS_UNAVAILABLE) return failed(what, "is not available now", app::LogLevel::info);
    return failed(what, "failed with status " + std::to_string(status), app::LogLevel::warning);
  } catch (const std::exception& thrown) {
    return failed(what, std::string("threw: ") + thrown.what(), app::LogLevel::host_misbehaving);
  } catch (...) {
    return failed(what, "threw", app::LogLevel::host_misbehaving);
  }
}

domain::Error Host::failed(const char* what, const std::string& how, app::LogLevel level) const {
  auto message = std::string("the till's ") + what + " " + how;
  log(level, message);
  return {"unavailable", std::move(message), {}};
}

}  // namespace ccms::plugin::abi
