#pragma once

#include <sys/types.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/services/account.h"

namespace ccms::test {

// The program's full path from PATH and the system folders; throws std::runtime_error naming it when missing.
std::filesystem::path find_program(const std::string& name);

struct ChildOptions {
  std::vector<std::string> command = {};                // program (as for find_program) and its arguments
  std::map<std::string, std::string> environment = {};  // set on top of our own
  std::filesystem::path folder = {};                    // working folder; ours when empty
  std::filesystem::path output = {};                    // stdout and stderr are appended; dropped when empty
  std::optional<Account> account = {};                  // the account to run under; ours when none
  int signal_when_we_die = SIGKILL;                     // what the kernel sends when the starting thread ends
};

// A program we started. It leads a session of its own, and it does not outlive us: the destructor
// kills the group, and the kernel kills the program when the thread that started it ends (start it from a
// thread that lives as long as it should). Not thread-safe.
class ChildProcess {
 public:
  // Starts the program; throws std::runtime_error when it cannot be executed.
  explicit ChildProcess(const ChildOptions& options);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid() const { return pid_; }
  bool running();
  // The exit code (128 + n when signal n ended it), or none when it still runs at the end of the time.
  std::optional<int> wait_exit(std::chrono::milliseconds timeout);
  void signal(int number);
  // SIGKILL to the whole group: nobody in it runs another instruction. Returns when the program is gone.
  void kill_hard();
  // SIGTERM to the program, and kill_hard() when it has not ended in time. Returns the exit code.
  int stop(std::chrono::milliseconds grace = std::chrono::seconds(10));

 private:
  pid_t pid_ = -1;
  int pid_fd_ = -1;  // readable once the process has ended
  std::optional<int> exit_code_;
};

}  // namespace ccms::test
