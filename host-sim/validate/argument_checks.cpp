#include <array>
#include <cstring>
#include <nlohmann/json.hpp>
#include <thread>

#include "host-sim/validate/check.h"
#include "host-sim/validate/probe.h"

namespace ccms::host_sim {
namespace {

constexpr std::size_t kOversize = 4 * 1024 * 1024;

void require_refused(const RawReply& reply, const std::string& what) {
  require(reply.status != CCMS_OK, what + " was accepted");
  require(reply.writes == 0, what + " was refused, yet a reply was written");
  require(std::memchr(reply.error.message, 0, sizeof reply.error.message) != nullptr,
          what + ": the message is not NUL-terminated");
  require(reply.error.message[0] != '\0', what + " was refused without a message");
  require(reply.error.code == reply.status, what + ": the error's code differs from what was returned");
}

void each_started(const CheckContext& context, const std::string& request, const std::string& what) {
  Probe probe(context);
  probe.must_create();
  probe.must_start();
  for (const auto& [name, function] : request_functions()) {
    const auto reply = probe.call(probe.plugin().*function, request);
    require_refused(reply, std::string(name) + " with " + what);
    require(reply.status == CCMS_INVALID_ARGUMENT,
            std::string(name) + " with " + what + " got status " + std::to_string(reply.status));
  }
}

void refuses_what_is_not_json(const CheckContext& context) {
  for (const char* text : {"{", "[1,2", "nonsense", "{\"a\":1}}"})
    each_started(context, text, std::string("'") + text + "'");
}

void refuses_other_than_objects(const CheckContext& context) {
  for (const char* text : {"null", "[]", "17", "\"text\""})
    each_started(context, text, std::string("'") + text + "'");
}

void refuses_broken_utf8(const CheckContext& context) {
  each_started(context, "{\"text\":\"\xc3\x28\xff\"}", "broken UTF-8");
}

void refuses_oversize(const CheckContext& context) {
  each_started(context, "{\"text\":\"" + std::string(kOversize, 'x') + "\"}", "four megabytes");
}

void refuses_deep_nesting(const CheckContext& context) {
  each_started(context, std::string(200'000, '['), "200,000 brackets");
}

void refuses_null_pointers(const CheckContext& context) {
  Probe probe(context);
  probe.must_create();
  probe.must_start();
  const auto ignore = [](void*, const char*, size_t) {};
  const std::string empty = "{}";
  for (const auto& [name, function] : request_functions()) {
    const auto call = probe.plugin().*function;
    require_refused(probe.call(call, ccms_string_t{nullptr, 12}),
                    std::string(name) + " with a NULL request of 12 bytes");
    ccms_error_t error{};
    error.struct_size = sizeof error;
    require(call(probe.instance(), {empty.data(), empty.size()}, {nullptr, nullptr}, &error) ==
                CCMS_INVALID_ARGUMENT,
            std::string(name) + " accepted a writer without a function");
    require(call(nullptr, {empty.data(), empty.size()}, {nullptr, ignore}, &error) == CCMS_INVALID_ARGUMENT,
            std::string(name) + " accepted a NULL instance");
  }
  require(probe.plugin().start(nullptr, nullptr) != CCMS_OK, "start accepted a NULL instance");
  require(probe.plugin().destroy(nullptr) != CCMS_OK, "destroy accepted a NULL instance");
}

void error_struct_may_be_absent(const CheckContext& context) {
  Probe probe(context);
  probe.must_create();
  probe.must_start();
  const auto ignore = [](void*, const char*, size_t) {};
  for (const auto& [name, function] : request_functions())
    require((probe.plugin().*function)(probe.instance(), {"{", 1}, {nullptr, ignore}, nullptr) ==
                CCMS_INVALID_ARGUMENT,
            std::string(name) + " needs an error struct");
}

void error_struct_is_not_overrun(const CheckContext& context) {
  Probe probe(context);
  probe.must_create();
  probe.must_start();
  constexpr char kCanary = '\x5a';
  std::array<char, 2 * sizeof(ccms_error_t)> memory{};
  memory.fill(kCanary);
  auto* error = reinterpret_cast<ccms_error_t*>(memory.data());
  constexpr std::size_t kKnown = offsetof(ccms_error_t, message) + 16;  // a caller with a much smaller struct
  error->struct_size = kKnown;
  const auto ignore = [](void*, const char*, size_t) {};
  probe.plugin().create_ticket(probe.instance(), {"{", 1}, {nullptr, ignore}, error);
  for (std::size_t i = kKnown; i < memory.size(); ++i)
    require(memory[i] == kCanary, "byte " + std::to_string(i) + " beyond the caller's struct was written");
}

void writes_exactly_once(const CheckContext& context) {
  Probe probe(context);
  probe.must_create();
  probe.must_start();
  for (const auto& [name, function] : {NamedFunction{"screens", &ccms_plugin_t::screens},
                                       {"status", &ccms_plugin_t::status},
                                       {"unsent", &ccms_plugin_t::unsent}}) {
    const auto reply = probe.call(probe.plugin().*function, std::string("{}"));
    require(reply.status == CCMS_OK, std::string(name) + " failed: " + reply.error.message);
    require(reply.writes == 1,
            std::string(name) + " called the writer " + std::to_string(reply.writes) + " times");
    require(nlohmann::json::accept(reply.json), std::string(name) + " wrote what is not JSON");
  }
}

void screens_offer_add_ticket_and_search(const CheckContext& context) {
  Probe probe(context);
  probe.must_create();
  probe.must_start();
  const auto reply = nlohmann::json::parse(probe.call(probe.plugin().screens, std::string("{}")).json);
  std::string ids;
  for (const auto& screen : reply.at("screens")) ids += screen.at("id").get<std::string>() + " ";
  require(ids.find("add_ticket") != std::string::npos && ids.find("search") != std::string::npos,
          "the screens are: " + ids);
}

void refuses_another_thread(const CheckContext& context) {
  Probe probe(context);
  probe.must_create();
  probe.must_start();
  for (const auto& [name, function] : request_functions()) {
    if (std::strcmp(name, "status") == 0) continue;  // allowed from any thread
    RawReply reply;
    std::thread([&, call = probe.plugin().*function] { reply = probe.call(call, std::string("{}")); }).join();
    require(reply.status == CCMS_WRONG_THREAD,
            std::string(name) + " from another thread got status " + std::to_string(reply.status));
  }
}

/// A host that asks the next thing inside its write callback.
void refuses_calls_from_inside_a_callback(const CheckContext& context) {
  struct Caller {
    Probe& probe;
    RawReply inner;
    int writes = 0;
  };
  Probe probe(context);
  probe.must_create();
  probe.must_start();
  Caller caller{probe, {}};
  const ccms_writer_t writer{&caller, [](void* data, const char*, size_t) {
                               auto& self = *static_cast<Caller*>(data);
                               if (++self.writes == 1)
                                 self.inner = self.probe.call(self.probe.plugin().screens, std::string("{}"));
                             }};
  const std::string empty = "{}";
  require(probe.plugin().screens(probe.instance(), {empty.data(), empty.size()}, writer, nullptr) == CCMS_OK,
          "screens failed because its writer called the plugin again");
  require(caller.inner.status == CCMS_INVALID_STATE,
          "screens from inside a write callback got status " + std::to_string(caller.inner.status));
  require(probe.call(probe.plugin().screens, empty).status == CCMS_OK, "screens fails ever after");
}

void status_answers_any_thread(const CheckContext& context) {
  Probe probe(context);
  probe.must_create();
  RawReply reply;
  std::thread([&] { reply = probe.call(probe.plugin().status, std::string("{}")); }).join();
  require(reply.status == CCMS_OK,
          "status from another thread, before start, got " + std::to_string(reply.status));
}

void unknown_requests_are_not_found(const CheckContext& context) {
  Probe probe(context);
  probe.must_create();
  probe.must_start();
  const auto reply = probe.call(probe.plugin().take_result, std::string(R"({"request_id":"never-given"})"));
  require(reply.status == CCMS_NOT_FOUND, "an unknown request_id got status " + std::to_string(reply.status));
  require(probe.plugin().get_extension(probe.instance(), "nobody.knows/9") == nullptr,
          "an unknown extension was found");
}

}  // namespace

std::vector<Check> argument_checks() {
  return {
      {"refuses_what_is_not_json", "a request that is not JSON is CCMS_INVALID_ARGUMENT",
       refuses_what_is_not_json},
      {"refuses_other_than_objects", "a request is a JSON object", refuses_other_than_objects},
      {"refuses_broken_utf8", "requests are UTF-8", refuses_broken_utf8},
      {"refuses_oversize", "four megabytes are refused", refuses_oversize},
      {"refuses_deep_nesting", "200,000 brackets are refused", refuses_deep_nesting},
      {"refuses_null_pointers", "NULL request, writer or instance is refused", refuses_null_pointers},
      {"error_struct_may_be_absent", "error may be NULL", error_struct_may_be_absent},
      {"error_struct_is_not_overrun", "nothing is written beyond the caller's struct_size",
       error_struct_is_not_overrun},
      {"writes_exactly_once", "a reply is written once", writes_exactly_once},
      {"screens_offer_add_ticket_and_search", "the two navigation entries are there",
       screens_offer_add_ticket_and_search},
      {"refuses_another_thread", "[ui] functions answer CCMS_WRONG_THREAD elsewhere", refuses_another_thread},
      {"refuses_calls_from_inside_a_callback",
       "inside a write callback [ui] functions are CCMS_INVALID_STATE", refuses_calls_from_inside_a_callback},
      {"status_answers_any_thread", "status is [any], in any state", status_answers_any_thread},
      {"unknown_requests_are_not_found", "unknown ids are CCMS_NOT_FOUND, unknown extensions NULL",
       unknown_requests_are_not_found}};
}

}  // namespace ccms::host_sim
