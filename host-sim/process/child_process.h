#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ccms::host_sim {

/// A program started by us, spoken to in lines over its standard input and output. Its standard error goes
/// to a file. It dies with us, and is killed on destruction.
///
/// Threads: one at a time.
class ChildProcess {
 public:
  /// Errors: std::runtime_error when the program cannot be started.
  ChildProcess(const std::vector<std::string>& command, const std::filesystem::path& error_log);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid() const noexcept { return pid_; }

  /// False when the child is gone.
  bool write_line(const std::string& line);
  /// The next complete line; nothing when the child closed its output or the time is up.
  std::optional<std::string> read_line(std::chrono::milliseconds longest);
  void close_input();

  /// kill -9, at once, then reaps. What it wrote before can still be read.
  void kill_now();
  /// SIGTERM, waits, then kill -9 when it does not end in time. The exit status as waitpid gives it.
  int stop(std::chrono::milliseconds longest);
  /// Waits for the end; nothing when the time is up first.
  std::optional<int> wait(std::chrono::milliseconds longest);
  bool running();

 private:
  pid_t pid_ = -1;
  int input_ = -1;
  int output_ = -1;
  std::string buffered_;
  std::optional<int> status_;
};

/// The result of a program that was run to its end.
struct CommandResult {
  int exit_code = -1;
  std::string output;
};

/// Runs a program to its end and collects its standard output.
/// Errors: std::runtime_error when it cannot be started or takes too long.
CommandResult run_command(const std::vector<std::string>& command, const std::filesystem::path& error_log,
                          std::chrono::milliseconds longest, const std::string& input = {});

}  // namespace ccms::host_sim
