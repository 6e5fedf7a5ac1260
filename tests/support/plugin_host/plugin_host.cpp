#include "tests/support/plugin_host/plugin_host.h"

#include <stdexcept>

#include "tests/support/services/wait_until.h"

namespace ccms::test {
namespace {

PluginHost& self(void* data) { return *static_cast<PluginHost*>(data); }

}  // namespace

PluginHost::PluginHost(int dlopen_flags) {
  library_ = ::dlopen(library().c_str(), dlopen_flags);
  if (library_ == nullptr) throw std::runtime_error(::dlerror());
  entry_ = static_cast<const ccms_plugin_entry_t*>(::dlsym(library_, CCMS_PLUGIN_ENTRY_SYMBOL));
  if (entry_ == nullptr) throw std::runtime_error("no entry");
  training_.struct_size = sizeof training_;
  training_.active = [](void* data) -> int32_t {
    ++self(data).calls_but_log;
    if (self(data).throw_in_training) throw std::runtime_error("thrown by the host");
    return self(data).training ? 1 : 0;
  };
  host_.struct_size = sizeof host_;
  host_.abi_major = CCMS_ABI_MAJOR;
  host_.abi_minor = CCMS_ABI_MINOR;
  host_.data = this;
  host_.log = [](void* data, int32_t, ccms_string_t message) {
    const std::lock_guard lock(self(data).mutex_);
    self(data).log_.emplace_back(message.data, message.size);
  };
  host_.is_ui_thread = [](void* data) -> int32_t {
    ++self(data).calls_but_log;
    return std::this_thread::get_id() == self(data).ui_thread_ ? 1 : 0;
  };
  host_.request_ui_callback = [](void* data) {
    ++self(data).calls_but_log;
    ++self(data).callbacks;
  };
  host_.get_extension = [](void* data, const char* id) -> const void* {
    ++self(data).calls_but_log;
    if (std::string_view(id) == CCMS_HOST_TRAINING_MODE) return &self(data).training_;
    const auto found = self(data).extensions.find(id);
    return found == self(data).extensions.end() ? nullptr : found->second;
  };
}

PluginHost::~PluginHost() {
  close();
  if (library_ != nullptr) ::dlclose(library_);
}

std::filesystem::path PluginHost::library() { return CCMS_PLUGIN_LIBRARY; }

PluginHost::Json PluginHost::config(const std::filesystem::path& folder, const std::string& server_url) {
  return {
      {"data_folder", folder.string()}, {"server_url", server_url}, {"store", "S001"}, {"till", "S001-T1"}};
}

ccms_status_t PluginHost::create(const Json& config) {
  const auto text = config.dump();
  ccms_error_t error{};
  error.struct_size = sizeof error;
  return static_cast<ccms_status_t>(
      entry_->create(&host_, {text.data(), text.size()}, &plugin_, &instance_, &error));
}

void PluginHost::open(const Json& config) {
  if (create(config) != CCMS_OK) throw std::runtime_error("create failed");
  if (plugin_->start(instance_, nullptr) != CCMS_OK) throw std::runtime_error("start failed");
}

void PluginHost::close() {
  if (instance_ != nullptr) plugin_->destroy(instance_);
  instance_ = nullptr;
}

PluginHost::Reply PluginHost::call(Function function, std::string_view request) {
  Reply reply;
  ccms_error_t error{};
  error.struct_size = sizeof error;
  const ccms_writer_t writer{&reply, [](void* context, const char* data, size_t size) {
                               auto& taken = *static_cast<Reply*>(context);
                               taken.bytes.assign(data, size);
                               ++taken.writes;
                             }};
  reply.status = static_cast<ccms_status_t>(
      (plugin_->*function)(instance_, {request.data(), request.size()}, writer, &error));
  reply.message = error.message;
  reply.field = error.field;
  return reply;
}

PluginHost::Json PluginHost::expect(Function function, const Json& request) {
  const auto reply = ask(function, request);
  if (reply.status != CCMS_OK) throw std::runtime_error(reply.message + " at " + reply.field);
  return reply.json();
}

void PluginHost::enrol(const std::string& code) {
  const auto id = expect(&ccms_plugin_t::enrol, {{"code", code}}).at("request_id");
  Json taken;
  const bool done = wait_until(
      [&] {
        taken = expect(&ccms_plugin_t::take_result, {{"request_id", id}});
        return taken.at("done").get<bool>();
      },
      std::chrono::seconds(20));
  if (!done || !taken.contains("result")) throw std::runtime_error("enrolment failed: " + taken.dump());
}

void PluginHost::await_settings() {
  const bool arrived = wait_until(
      [&] { return expect(&ccms_plugin_t::status, Json::object()).value("settings_version", 0) > 0; },
      std::chrono::seconds(20));
  if (!arrived) throw std::runtime_error("the settings have not come");
}

std::vector<std::string> PluginHost::log_lines() const {
  const std::lock_guard lock(mutex_);
  return log_;
}

}  // namespace ccms::test
