// A till that makes tickets until it is killed. Each acknowledgement goes to stdout only after create_ticket
// has returned: whoever reads it may hold the till to it.
#include <unistd.h>
#include <cstdio>

#include <string>

#include "bench/till_bench.h"

int main(int, char** argv) {
  using namespace ccms;
  test::PluginHost host;
  host.open(test::PluginHost::config(argv[1], "http://127.0.0.1:9"));
  for (int i = 0;; ++i) {
    const auto reply = host.call(&ccms_plugin_t::create_ticket,
                                 std::string_view(bench::ticket_request(getpid() * 100000 + i)));
    if (reply.status != CCMS_OK) return 1;
    const auto line = reply.json().at("event_id").get<std::string>() + " " +
                      reply.json().at("code").get<std::string>() + "\n";
    if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) return 1;
  }
}
