#include "tests/support/services/child_process.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <stdexcept>

namespace ccms::test {
namespace {

// Everything the child needs, made before the fork: between fork and exec only system calls are safe,
// because another thread of ours may hold the allocator's lock.
struct Prepared {
  std::filesystem::path program;
  std::vector<std::string> environment;
  std::vector<char*> argv;
  std::vector<char*> envp;
};

Prepared prepare(const ChildOptions& options) {
  Prepared made;
  made.program = find_program(options.command.at(0));
  for (const std::string& word : options.command) made.argv.push_back(const_cast<char*>(word.c_str()));
  made.argv.push_back(nullptr);
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (!options.environment.contains(text.substr(0, text.find('=')))) made.environment.push_back(text);
  }
  for (const auto& [name, value] : options.environment) made.environment.push_back(name + "=" + value);
  for (std::string& entry : made.environment) made.envp.push_back(entry.data());
  made.envp.push_back(nullptr);
  return made;
}

bool open_streams(const char* output) {
  const int in = ::open("/dev/null", O_RDONLY);
  const int out = ::open(output, O_WRONLY | O_CREAT | O_APPEND, 0644);
  return in >= 0 && out >= 0 && ::dup2(in, 0) >= 0 && ::dup2(out, 1) >= 0 && ::dup2(out, 2) >= 0;
}

bool become(const Account& account) {
  return ::setgroups(1, &account.group) == 0 && ::setgid(account.group) == 0 && ::setuid(account.user) == 0;
}

// Runs in the child; returns only when something failed, with errno saying what.
void execute(const ChildOptions& options, Prepared& made, const char* output, pid_t parent) {
  ::setsid();
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);  // Poco and the test runner may have blocked some
  ::signal(SIGPIPE, SIG_DFL);
  if (!open_streams(output)) return;  // as who we are, before the account changes
  if (!options.folder.empty() && ::chdir(options.folder.c_str()) != 0) return;
  if (options.account && !become(*options.account)) return;
  // After the change of account, which clears it; the parent may have died before the call.
  ::prctl(PR_SET_PDEATHSIG, options.signal_when_we_die);
  if (::getppid() != parent) ::_exit(1);
  ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
  ::execve(made.program.c_str(), made.argv.data(), made.envp.data());
}

int exit_code_of(int status) { return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status); }

}  // namespace

std::filesystem::path find_program(const std::string& name) {
  if (name.find('/') != std::string::npos) {
    if (::access(name.c_str(), X_OK) == 0) return name;
    throw std::runtime_error(name + " is missing or cannot be executed");
  }
  const char* path = std::getenv("PATH");
  std::istringstream folders(std::string(path == nullptr ? "" : path) + ":/usr/local/sbin:/usr/sbin:/sbin");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::filesystem::path program = std::filesystem::path(folder) / name;
    if (!folder.empty() && ::access(program.c_str(), X_OK) == 0) return program;
  }
  throw std::runtime_error(name + " is not installed: run scripts/setup");
}

ChildProcess::ChildProcess(const ChildOptions& options) {
  Prepared made = prepare(options);
  const std::string output = options.output.empty() ? "/dev/null" : options.output.string();
  std::array<int, 2> failure{};  // the child writes errno here when it cannot execute; exec closes it
  if (::pipe2(failure.data(), O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe");
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ == 0) {
    execute(options, made, output.c_str(), parent);
    const int error = errno;
    [[maybe_unused]] const ssize_t written = ::write(failure[1], &error, sizeof error);
    ::_exit(127);
  }
  ::close(failure[1]);
  int error = pid_ < 0 ? errno : 0;
  const bool failed = pid_ < 0 || ::read(failure[0], &error, sizeof error) > 0;
  ::close(failure[0]);
  if (failed) {
    if (pid_ > 0) ::waitpid(pid_, nullptr, 0);
    throw std::runtime_error("cannot start " + options.command.at(0) + ": " + std::strerror(error));
  }
  pid_fd_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
  if (pid_fd_ < 0) {
    ChildProcess::kill_hard();
    throw std::runtime_error("cannot watch " + options.command.at(0));
  }
}

ChildProcess::~ChildProcess() {
  kill_hard();
  ::close(pid_fd_);
}

bool ChildProcess::running() { return !wait_exit(std::chrono::milliseconds(0)); }

std::optional<int> ChildProcess::wait_exit(std::chrono::milliseconds timeout) {
  if (exit_code_) return exit_code_;
  pollfd ended{pid_fd_, POLLIN, 0};
  if (::poll(&ended, 1, static_cast<int>(timeout.count())) != 1) return std::nullopt;
  int status = 0;
  ::waitpid(pid_, &status, 0);
  exit_code_ = exit_code_of(status);
  return exit_code_;
}

void ChildProcess::signal(int number) {
  if (running()) ::kill(pid_, number);
}

void ChildProcess::kill_hard() {
  // The group can hold processes after its leader has ended, but its id may then be another's: only while
  // the leader is not reaped is the id surely ours.
  if (exit_code_) return;
  ::kill(-pid_, SIGKILL);
  int status = 0;
  ::waitpid(pid_, &status, 0);
  exit_code_ = exit_code_of(status);
}

int ChildProcess::stop(std::chrono::milliseconds grace) {
  signal(SIGTERM);
  if (!wait_exit(grace)) kill_hard();
  return *exit_code_;
}

}  // namespace ccms::test
