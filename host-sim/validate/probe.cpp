#include "host-sim/validate/probe.h"

#include <nlohmann/json.hpp>

namespace ccms::host_sim {

Probe::Probe(const CheckContext& context)
    : folder_(context.work_folder),
      ui_thread_(std::this_thread::get_id()),
      library_(std::in_place, context.plugin) {
  host_.struct_size = sizeof host_;
  host_.abi_major = CCMS_ABI_MAJOR;
  host_.abi_minor = CCMS_ABI_MINOR;
  host_.data = this;
  host_.log = [](void*, int32_t, ccms_string_t) {};
  host_.is_ui_thread = [](void* data) -> int32_t {
    ++self(data).calls_but_log_;
    return std::this_thread::get_id() == self(data).ui_thread_ ? 1 : 0;
  };
  host_.request_ui_callback = [](void* data) { ++self(data).calls_but_log_; };
  host_.get_extension = [](void* data, const char* id) -> const void* {
    ++self(data).calls_but_log_;
    ++self(data).asked_for_[id];
    const auto found = self(data).extensions_.find(id);
    return found == self(data).extensions_.end() ? nullptr : found->second;
  };
}

Probe::~Probe() { destroy(); }

std::string Probe::config(const std::string& server_url, const std::string& data_folder) const {
  std::filesystem::create_directories(folder_ / data_folder);
  return nlohmann::json{{"data_folder", (folder_ / data_folder).string()},
                        {"server_url", server_url},
                        {"store", "S001"},
                        {"till", "S001-T1"}}
      .dump();
}

RawReply Probe::create(const std::string& config) {
  RawReply reply;
  reply.error.struct_size = sizeof reply.error;
  reply.status = entry().create(&host_, {config.data(), config.size()}, &plugin_, &instance_, &reply.error);
  if (reply.status != CCMS_OK) instance_ = nullptr;
  return reply;
}

void Probe::must_create(const std::string& server_url) {
  const auto reply = create(config(server_url));
  require(reply.status == CCMS_OK,
          "create refused a right configuration: " + std::string(reply.error.message));
  require(plugin_ != nullptr && instance_ != nullptr,
          "create returned CCMS_OK without a table or an instance");
}

void Probe::must_start() {
  ccms_error_t error{};
  error.struct_size = sizeof error;
  require(plugin().start(instance_, &error) == CCMS_OK, "start failed: " + std::string(error.message));
}

const ccms_plugin_t& Probe::plugin() const { return *plugin_; }

int32_t Probe::destroy() {
  if (instance_ == nullptr) return CCMS_OK;
  const auto status = plugin_->destroy(instance_);
  instance_ = nullptr;
  return status;
}

void Probe::unload() {
  destroy();
  plugin_ = nullptr;
  library_.reset();
}

RawReply Probe::call(RequestFunction function, const std::string& request) {
  return call(function, ccms_string_t{request.data(), request.size()});
}

RawReply Probe::call(RequestFunction function, ccms_string_t request) {
  RawReply reply;
  reply.error.struct_size = sizeof reply.error;
  const ccms_writer_t writer{&reply, [](void* context, const char* data, size_t size) {
                               auto& target = *static_cast<RawReply*>(context);
                               ++target.writes;
                               if (data != nullptr) target.json.append(data, size);
                             }};
  reply.status = function(instance_, request, writer, &reply.error);
  return reply;
}

}  // namespace ccms::host_sim
