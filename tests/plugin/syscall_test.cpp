#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <vector>

#include "bench/till_bench.h"
#include "tests/support/fake_server/unanswering_servers.h"
#include "tests/support/services/run_program.h"
#include "tests/support/services/temp_folder.h"

namespace ccms::test {
namespace {

/// What a trace shows between the driver's marks.
struct Trace {
  std::vector<std::string> network_on_ui;       ///< lines, while the till works
  std::vector<std::string> network_on_ui_stop;  ///< lines, during stop
  int syncs_on_ui = 0;
  int network_elsewhere = 0;
};

/// strace was asked for network calls, access and fdatasync, and so any other call is a network call: no list
/// of names could forget one.
bool is_network_call(const std::string& call) {
  return !call.starts_with("access(") && !call.starts_with("fdatasync(") && !call.starts_with("---") &&
         !call.starts_with("+++") && !call.starts_with("<... access") && !call.starts_with("<... fdatasync");
}

Trace read_trace(const std::filesystem::path& file, const std::string& ui_thread) {
  Trace trace;
  enum class Part { kOutside, kWorking, kStopping } part = Part::kOutside;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    const auto thread = line.substr(0, line.find(' '));
    const auto call = line.substr(std::min(line.find_first_not_of(' ', thread.size()), line.size()));
    const bool ui = thread == ui_thread;
    if (ui && call.find("/ccms-mark-begin") != std::string::npos) part = Part::kWorking;
    if (ui && call.find("/ccms-mark-stop") != std::string::npos) part = Part::kStopping;
    if (ui && call.find("/ccms-mark-end") != std::string::npos) part = Part::kOutside;
    if (ui && part == Part::kWorking && call.starts_with("fdatasync(")) ++trace.syncs_on_ui;
    if (!is_network_call(call)) continue;
    if (!ui) ++trace.network_elsewhere;
    if (ui && part == Part::kWorking) trace.network_on_ui.push_back(line);
    if (ui && part == Part::kStopping) trace.network_on_ui_stop.push_back(line);
  }
  return trace;
}

enum class ServerIs { kUp, kBlackHoled, kHanging, kAbsent };

class SystemCalls : public ::testing::TestWithParam<ServerIs> {
 protected:
  std::string url(const bench::OnlineTill& online) const {
    switch (GetParam()) {
      case ServerIs::kUp:
        return online.url();
      case ServerIs::kBlackHoled:
        return black_hole_.url();
      case ServerIs::kHanging:
        return hanging_.url();
      case ServerIs::kAbsent:
        break;
    }
    return "http://127.0.0.1:9";
  }

 private:
  BlackHoleServer black_hole_;
  HangingServer hanging_;
};

TEST_P(SystemCalls, leave_the_network_alone_on_the_ui_thread) {
  const TempFolder folder;
  const auto till = folder.path() / "till";
  const bench::OnlineTill enrolled(till);
  const auto file = folder.path() / "trace";
  auto ui_thread = run_successfully(
      {.command = {"strace", "-f", "-o", file.string(), "-e", "trace=%network,access,fdatasync",
                   CCMS_SYSCALL_DRIVER, till.string(), url(enrolled)}});
  ui_thread.erase(ui_thread.find_last_not_of('\n') + 1);

  const auto trace = read_trace(file, ui_thread);
  EXPECT_THAT(trace.network_on_ui, ::testing::IsEmpty());
  // stop() ends what the worker has on the network. Shutting a socket does not wait; nothing else is allowed.
  EXPECT_THAT(trace.network_on_ui_stop, ::testing::Each(::testing::HasSubstr(" shutdown(")));
  EXPECT_GE(trace.syncs_on_ui, 20) << "each ticket was made durable on this thread";
  EXPECT_GT(trace.network_elsewhere, 0) << "the worker was trying meanwhile";
}

std::string name_of(const ::testing::TestParamInfo<ServerIs>& test) {
  constexpr std::array kNames{"up", "black_holed", "hanging", "absent"};
  return kNames.at(static_cast<std::size_t>(test.param));
}

INSTANTIATE_TEST_SUITE_P(Servers, SystemCalls,
                         ::testing::Values(ServerIs::kUp, ServerIs::kBlackHoled, ServerIs::kHanging,
                                           ServerIs::kAbsent),
                         name_of);

}  // namespace
}  // namespace ccms::test
