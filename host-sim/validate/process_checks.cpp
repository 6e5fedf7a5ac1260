#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <clocale>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "host-sim/validate/check.h"
#include "host-sim/validate/probe.h"

extern char** environ;

namespace ccms::host_sim {
namespace {

std::set<std::string> entries(const char* folder) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.insert(entry.path().filename());
  return names;
}

void one_life(const CheckContext& context) {
  Probe probe(context);
  probe.must_create();
  probe.must_start();
  probe.unload();
}

void threads_and_files_return_to_the_baseline(const CheckContext& context) {
  one_life(context);  // what a library opens once in a process (random device, time zone) is not counted
  const auto threads = entries("/proc/self/task").size();
  const auto files = entries("/proc/self/fd").size();
  for (int i = 0; i < 30; ++i) one_life(context);
  require(entries("/proc/self/task").size() == threads, "threads are left behind after 30 lives");
  require(entries("/proc/self/fd").size() == files,
          "open files after 30 lives: " + std::to_string(entries("/proc/self/fd").size()) +
              ", before: " + std::to_string(files));
}

void has_one_worker_that_blocks_signals(const CheckContext& context) {
  const auto before = entries("/proc/self/task");
  Probe probe(context);
  probe.must_create();
  require(entries("/proc/self/task").size() == before.size(), "create started a thread");
  probe.must_start();
  int workers = 0;
  for (const auto& task : entries("/proc/self/task")) {
    if (before.contains(task)) continue;
    ++workers;
    std::ifstream status("/proc/self/task/" + task + "/status");
    for (std::string line; std::getline(status, line);)
      if (line.starts_with("SigBlk:")) {
        constexpr unsigned long long kTerminationSignals = (1ULL << (SIGTERM - 1)) | (1ULL << (SIGINT - 1)) |
                                                           (1ULL << (SIGHUP - 1)) | (1ULL << (SIGCHLD - 1));
        const auto blocked = std::stoull(line.substr(line.find_first_of("0123456789abcdef", 7)), nullptr, 16);
        require((blocked & kTerminationSignals) == kTerminationSignals,
                "the worker can take the host's signals");
      }
  }
  require(workers == 1, "start made " + std::to_string(workers) + " threads");
}

void leaves_the_process_as_it_was(const CheckContext& context) {
  const auto handlers = [] {
    std::string all;
    for (int number = 1; number < NSIG; ++number) {
      struct sigaction action {};
      if (number == SIGPIPE || sigaction(number, nullptr, &action) != 0) continue;
      all += std::to_string(reinterpret_cast<std::uintptr_t>(action.sa_handler)) + " ";
    }
    return all;
  };
  const auto environment = [] {
    std::string all;
    for (char** variable = environ; *variable != nullptr; ++variable) all += std::string(*variable) + "\n";
    return all;
  };
  const auto mask = [] {
    const auto current = umask(0);
    umask(current);
    return current;
  };
  const auto handlers_before = handlers();
  const auto environment_before = environment();
  const auto folder_before = std::filesystem::current_path();
  const auto mask_before = mask();
  const std::string locale_before = std::setlocale(LC_ALL, nullptr);
  one_life(context);
  require(handlers() == handlers_before, "a signal handler other than SIGPIPE's was changed");
  require(environment() == environment_before, "the environment was changed");
  require(std::filesystem::current_path() == folder_before, "the working folder was changed");
  require(mask() == mask_before, "the umask was changed");
  require(std::setlocale(LC_ALL, nullptr) == locale_before, "the locale was changed");
}

void prints_nothing(const CheckContext& context) {
  const auto file = context.work_folder / "printed.txt";
  const int output = dup(STDOUT_FILENO);
  const int errors = dup(STDERR_FILENO);
  const int target = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  dup2(target, STDOUT_FILENO);
  dup2(target, STDERR_FILENO);
  one_life(context);
  dup2(output, STDOUT_FILENO);
  dup2(errors, STDERR_FILENO);
  close(target);
  close(output);
  close(errors);
  require(std::filesystem::file_size(file) == 0, "the plugin printed to standard output or standard error");
}

}  // namespace

std::vector<Check> process_checks() {
  return {{"threads_and_files_return_to_the_baseline", "30 load cycles leave no thread and no open file",
           threads_and_files_return_to_the_baseline},
          {"has_one_worker_that_blocks_signals", "one worker thread, all signals blocked",
           has_one_worker_that_blocks_signals},
          {"leaves_the_process_as_it_was", "no other process-wide state is touched",
           leaves_the_process_as_it_was},
          {"prints_nothing", "nothing is written to stdout or stderr", prints_nothing}};
}

}  // namespace ccms::host_sim
