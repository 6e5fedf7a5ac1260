#include <cstring>
#include <nlohmann/json.hpp>

#include "host-sim/validate/check.h"
#include "host-sim/validate/probe.h"

namespace ccms::host_sim {
namespace {

void table_is_complete(const CheckContext& context) {
  Probe probe(context);
  probe.must_create();
  const auto& plugin = probe.plugin();
  require(plugin.struct_size >= sizeof(ccms_plugin_t), "the plugin's table is shorter than the header's");
  require(plugin.abi_major == CCMS_ABI_MAJOR, "the plugin's table has another ABI major");
  for (const auto& [name, function] : request_functions())
    require(plugin.*function != nullptr, std::string("the table has no ") + name);
  require(plugin.start && plugin.stop && plugin.destroy && plugin.on_event && plugin.on_ui_callback &&
              plugin.get_extension,
          "the table lacks one of start, stop, destroy, on_event, on_ui_callback, get_extension");
}

void refuses_another_major(const CheckContext& context) {
  Probe probe(context);
  probe.host().abi_major = CCMS_ABI_MAJOR + 1;
  const auto reply = probe.create(probe.config());
  require(reply.status == CCMS_INCOMPATIBLE,
          "a host of another ABI major got status " + std::to_string(reply.status));
  const std::string message = reply.error.message;
  for (const auto major : {CCMS_ABI_MAJOR, CCMS_ABI_MAJOR + 1})
    require(message.find(std::to_string(major)) != std::string::npos,
            "the message names not both versions: " + message);
}

void accepts_a_newer_minor_and_a_longer_host(const CheckContext& context) {
  struct LongerHost {
    ccms_host_t known;
    void* unknown;
  };
  Probe probe(context);
  probe.host().abi_minor = CCMS_ABI_MINOR + 1;
  probe.host().struct_size = sizeof(LongerHost);
  probe.must_create();
}

void refuses_a_short_host(const CheckContext& context) {
  Probe probe(context);
  probe.host().struct_size = 8;
  require(probe.create(probe.config()).status != CCMS_OK, "a host table of 8 bytes was accepted");
}

void refuses_null_arguments(const CheckContext& context) {
  Probe probe(context);
  const std::string config = probe.config();
  const ccms_string_t good{config.data(), config.size()};
  const ccms_plugin_t* plugin = nullptr;
  ccms_instance_t* instance = nullptr;
  ccms_error_t error{};
  error.struct_size = sizeof error;
  const auto create = probe.entry().create;
  require(create(nullptr, good, &plugin, &instance, &error) == CCMS_INVALID_ARGUMENT,
          "a NULL host was accepted");
  require(create(&probe.host(), good, nullptr, &instance, &error) == CCMS_INVALID_ARGUMENT,
          "a NULL plugin pointer was accepted");
  require(create(&probe.host(), good, &plugin, nullptr, &error) == CCMS_INVALID_ARGUMENT,
          "a NULL instance pointer was accepted");
  require(create(&probe.host(), {nullptr, 0}, &plugin, &instance, nullptr) == CCMS_INVALID_ARGUMENT,
          "an absent configuration was accepted");
}

void names_the_wrong_member_of_the_configuration(const CheckContext& context) {
  for (const char* member : {"data_folder", "server_url", "store", "till"}) {
    Probe probe(context);
    auto config = nlohmann::json::parse(probe.config());
    config.erase(member);
    auto reply = probe.create(config.dump());
    require(reply.status == CCMS_INVALID_ARGUMENT,
            std::string("a configuration without ") + member + " got status " + std::to_string(reply.status));
    require(std::strstr(reply.error.field, member) != nullptr,
            std::string("the error does not name /") + member);
    config[member] = 17;
    reply = probe.create(config.dump());
    require(reply.status == CCMS_INVALID_ARGUMENT,
            std::string("a configuration with a number as ") + member + " was accepted");
  }
}

void refuses_a_broken_configuration(const CheckContext& context) {
  for (const std::string config : {"", "{", "[]", "null", "\"text\"", "{\"store\":\"\xff\xfe\"}"}) {
    Probe probe(context);
    require(probe.create(config).status == CCMS_INVALID_ARGUMENT,
            "the configuration '" + config + "' was not refused");
  }
}

void locks_the_data_folder(const CheckContext& context) {
  Probe first(context);
  first.must_create();
  Probe second(context);
  require(second.create(second.config()).status == CCMS_BUSY, "two instances share one data folder");
}

void several_tills_live_in_one_process(const CheckContext& context) {
  Probe first(context);
  first.must_create();
  Probe second(context);
  const auto reply = second.create(second.config("http://127.0.0.1:9", "another"));
  require(reply.status == CCMS_OK,
          "a second till in the process was refused: " + std::string(reply.error.message));
}

void create_calls_the_host_for_nothing_but_log(const CheckContext& context) {
  Probe probe(context);
  probe.must_create();
  require(probe.calls_but_log() == 0, "create called a host function other than log");
}

}  // namespace

std::vector<Check> creation_checks() {
  return {
      {"table_is_complete", "every function of the table is there", table_is_complete},
      {"refuses_another_major", "another ABI major is refused, naming both versions", refuses_another_major},
      {"accepts_a_newer_minor_and_a_longer_host", "structs grow at their end",
       accepts_a_newer_minor_and_a_longer_host},
      {"refuses_a_short_host", "a host table without its functions is refused", refuses_a_short_host},
      {"refuses_null_arguments", "NULL where a pointer is needed is CCMS_INVALID_ARGUMENT",
       refuses_null_arguments},
      {"names_the_wrong_member_of_the_configuration", "the error's field names the member",
       names_the_wrong_member_of_the_configuration},
      {"refuses_a_broken_configuration", "what is not a JSON object is CCMS_INVALID_ARGUMENT",
       refuses_a_broken_configuration},
      {"locks_the_data_folder", "one instance per data folder, the second is CCMS_BUSY",
       locks_the_data_folder},
      {"several_tills_live_in_one_process", "instances are independent", several_tills_live_in_one_process},
      {"create_calls_the_host_for_nothing_but_log", "no host function but log before start",
       create_calls_the_host_for_nothing_but_log}};
}

}  // namespace ccms::host_sim
