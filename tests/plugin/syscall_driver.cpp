// Calls every function that belongs to the UI thread, between marks that a system call trace shows (see
// syscall_test.cpp), while the worker deals with a server that is up or away.
//
//   plugin_syscall_driver DATA_FOLDER SERVER_URL
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>

#include "bench/till_bench.h"

namespace {

using namespace ccms;
using Json = nlohmann::ordered_json;

const Json kClerk{{"id", "c17"}, {"name", "Mia"}};
constexpr int kTickets = 20;

void mark(const char* name) { ::access((std::string("/ccms-mark-") + name).c_str(), F_OK); }

void must(int32_t status, const char* what) {
  if (status != CCMS_OK) throw std::runtime_error(std::string(what) + ": " + std::to_string(status));
}

void tell(test::PluginHost& host, const Json& event) {
  const auto text = event.dump();
  must(host.plugin().on_event(host.instance(), {text.data(), text.size()}, nullptr), "on_event");
}

void call_everything(test::PluginHost& host) {
  using P = ccms_plugin_t;
  host.expect(&P::screens, Json::object());
  host.expect(&P::form, {{"clerk", kClerk}, {"language", "en"}});
  for (int i = 0; i < kTickets; ++i) bench::create_ticket(host, bench::ticket_request(i));
  const auto unsent = host.expect(&P::unsent, Json::object());
  const auto found = host.expect(&P::find_tickets, Json::object());
  const auto code = found.at("tickets").front().at("code");
  host.expect(&P::ticket, {{"code", code}});
  host.expect(&P::act, {{"action", "comment"},
                        {"clerk", kClerk},
                        {"code", code},
                        {"text", "more"},
                        {"visibility", "internal"}});
  host.expect(&P::take_result, {{"request_id", found.at("request_id")}});
  // Whatever becomes of a wrong code, it is not asked for on this thread.
  host.ask(&P::enrol, {{"code", "ABCD-EFGH-JKMN"}});
  host.expect(&P::status, Json::object());
  for (const auto* type : {"transaction", "suspend", "resume", "clock_changed", "clerk_changed"})
    tell(host, {{"type", type}});
  tell(host, {{"type", "network"}, {"up", false}});
  tell(host, {{"type", "network"}, {"up", true}});
  tell(host, {{"type", "scan"}, {"text", "R-1"}});
  const ccms_writer_t ignore{nullptr, [](void*, const char*, size_t) {}};
  must(host.plugin().on_ui_callback(host.instance(), ignore, nullptr), "on_ui_callback");
}

void run(const std::string& folder, const std::string& url) {
  test::PluginHost host;
  auto config = test::PluginHost::config(folder, url);
  config["sync"] = {{"first_retry_ms", 20}, {"max_retry_ms", 100}};  // keeps the worker trying all the time
  must(host.create(config), "create");
  mark("begin");
  must(host.plugin().start(host.instance(), nullptr), "start");
  call_everything(host);
  mark("stop");
  must(host.plugin().stop(host.instance(), nullptr), "stop");
  mark("end");
}

}  // namespace

int main(int, char** argv) {
  try {
    run(argv[1], argv[2]);
    std::printf("%d\n", getpid());
    return 0;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "plugin_syscall_driver: %s\n", failure.what());
    return 1;
  }
}
