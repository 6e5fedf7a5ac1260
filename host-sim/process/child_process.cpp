#include "host-sim/process/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace ccms::host_sim {
namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
  int read_end = -1;
  int write_end = -1;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  return {ends[0], ends[1]};
}

void close_if_open(int& descriptor) {
  if (descriptor >= 0) close(descriptor);
  descriptor = -1;
}

[[noreturn]] void become(char* const* arguments, int input, int output, int errors) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  dup2(input, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(errors, STDERR_FILENO);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  execvp(arguments[0], arguments);
  _exit(127);
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& command, const std::filesystem::path& error_log) {
  std::vector<char*> arguments;
  for (const auto& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  int errors = open(error_log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (errors < 0) throw std::system_error(errno, std::generic_category(), error_log.string());
  Pipe to_child = make_pipe();
  Pipe from_child = make_pipe();
  pid_ = fork();
  if (pid_ == 0) become(arguments.data(), to_child.read_end, from_child.write_end, errors);
  close_if_open(errors);
  close_if_open(to_child.read_end);
  close_if_open(from_child.write_end);
  input_ = to_child.write_end;
  output_ = from_child.read_end;
  if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
}

ChildProcess::~ChildProcess() {
  kill_now();
  close_input();
  close_if_open(output_);
}

bool ChildProcess::write_line(const std::string& line) {
  const std::string bytes = line + "\n";
  std::size_t done = 0;
  while (done < bytes.size()) {
    const auto written = write(input_, bytes.data() + done, bytes.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    done += static_cast<std::size_t>(written);
  }
  return true;
}

std::optional<std::string> ChildProcess::read_line(std::chrono::milliseconds longest) {
  const auto deadline = Clock::now() + longest;
  while (true) {
    if (const auto end = buffered_.find('\n'); end != std::string::npos) {
      std::string line = buffered_.substr(0, end);
      buffered_.erase(0, end + 1);
      return line;
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    pollfd waiting{output_, POLLIN, 0};
    const int ready = poll(&waiting, 1, static_cast<int>(std::max<std::int64_t>(0, left.count())));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return std::nullopt;
    std::array<char, 65536> chunk{};
    const auto got = read(output_, chunk.data(), chunk.size());
    if (got <= 0) return std::nullopt;
    buffered_.append(chunk.data(), static_cast<std::size_t>(got));
  }
}

void ChildProcess::close_input() { close_if_open(input_); }

void ChildProcess::kill_now() {
  if (!running()) return;
  kill(pid_, SIGKILL);
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  status_ = status;
}

int ChildProcess::stop(std::chrono::milliseconds longest) {
  if (running()) {
    kill(pid_, SIGTERM);
    if (!wait(longest)) kill_now();
  }
  return *status_;
}

std::optional<int> ChildProcess::wait(std::chrono::milliseconds longest) {
  const auto deadline = Clock::now() + longest;
  while (running()) {
    if (Clock::now() >= deadline) return std::nullopt;
    poll(nullptr, 0, 5);
  }
  return status_;
}

bool ChildProcess::running() {
  if (status_) return false;
  int status = 0;
  if (waitpid(pid_, &status, WNOHANG) != pid_) return true;
  status_ = status;
  return false;
}

CommandResult run_command(const std::vector<std::string>& command, const std::filesystem::path& error_log,
                          std::chrono::milliseconds longest, const std::string& input) {
  ChildProcess child(command, error_log);
  if (!input.empty()) child.write_line(input);
  child.close_input();
  CommandResult result;
  const auto deadline = Clock::now() + longest;
  while (auto line =
             child.read_line(std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now())))
    result.output += *line + "\n";
  const auto status =
      child.wait(std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()));
  if (!status) throw std::runtime_error(command.front() + " did not end in time");
  result.exit_code = WIFEXITED(*status) ? WEXITSTATUS(*status) : 128 + WTERMSIG(*status);
  return result;
}

}  // namespace ccms::host_sim
