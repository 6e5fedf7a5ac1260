// Makes tickets between two marks that a system call trace shows (see syscall_test.cpp): while the worker
// tries to reach its server, this thread must not touch a socket.
#include <unistd.h>

#include <cstdio>

#include "bench/till_bench.h"

int main(int, char** argv) {
  using namespace ccms;
  test::PluginHost host;
  host.open(test::PluginHost::config(argv[1], "http://127.0.0.1:9"));
  ::access("/ccms-mark-begin", F_OK);
  for (int i = 0; i < 20; ++i) bench::create_ticket(host, bench::ticket_request(i));
  host.expect(&ccms_plugin_t::find_tickets, nlohmann::ordered_json::object());
  host.expect(&ccms_plugin_t::status, nlohmann::ordered_json::object());
  ::access("/ccms-mark-end", F_OK);
  std::printf("%d\n", getpid());
}
