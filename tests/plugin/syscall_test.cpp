#include <gmock/gmock.h>

#include <fstream>
#include <string>

#include "bench/till_bench.h"
#include "tests/support/services/run_program.h"
#include "tests/support/services/temp_folder.h"

namespace ccms::test {
namespace {

TEST(SystemCalls, the_ui_thread_never_touches_a_socket) {
  const TempFolder folder;
  const auto till = folder.path() / "till";
  bench::enrol_till(till);
  const auto trace = folder.path() / "trace";
  const auto pid = std::stoi(
      run_successfully({.command = {"strace", "-f", "-o", trace.string(), "-e",
                                    "trace=%network,access,fdatasync", CCMS_SYSCALL_DRIVER, till.string()}}));

  std::ifstream lines(trace);
  bool marked = false;
  int syncs = 0;
  int worker_sockets = 0;
  const std::string network[] = {"socket(",   "connect(",    "sendto(",    "sendmsg(",
                                 "recvfrom(", "getsockopt(", "setsockopt("};
  for (std::string line; std::getline(lines, line);) {
    const bool ui = line.starts_with(std::to_string(pid) + " ");
    if (ui && line.find("/ccms-mark-begin") != std::string::npos) marked = true;
    if (ui && line.find("/ccms-mark-end") != std::string::npos) marked = false;
    for (const auto& call : network) {
      if (line.find(" " + call) == std::string::npos) continue;
      EXPECT_FALSE(ui) << line;
      ++worker_sockets;
    }
    if (ui && marked && line.find("fdatasync(") != std::string::npos) ++syncs;
  }
  EXPECT_GE(syncs, 20) << "each ticket was made durable on this thread";
  EXPECT_GT(worker_sockets, 0) << "the worker was trying meanwhile";
}

}  // namespace
}  // namespace ccms::test
