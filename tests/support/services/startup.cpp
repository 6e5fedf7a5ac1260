#include "tests/support/services/startup.h"

#include <stdexcept>

#include "tests/support/services/text_file.h"
#include "tests/support/services/wait_until.h"

namespace ccms::test {

void await_startup(ChildProcess& process, const std::string& name, const std::filesystem::path& log,
                   const std::function<bool()>& answers, std::chrono::milliseconds timeout) {
  bool up = false;
  wait_until([&] { return (up = answers()) || !process.running(); }, timeout);
  if (up) return;
  const std::string how = process.running() ? "does not answer" : "ended while starting";
  throw std::runtime_error(name + " " + how + "; the end of " + log.string() + ":\n" + last_lines(log));
}

}  // namespace ccms::test
