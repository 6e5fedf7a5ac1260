#include "plugin/abi/host.h"

#include <string>

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
  Collected reply;
  if (current_transaction_->get(table_.data, reply.writer()) != CCMS_OK) return std::nullopt;
  if (reply.written) return std::move(reply.bytes);
  log(app::LogLevel::host_misbehaving, "current transaction: CCMS_OK without a reply");
  return std::nullopt;
}

}  // namespace ccms::plugin::abi
