#include "host-sim/validate/validate.h"

#include <sys/wait.h>

#include <algorithm>
#include <iomanip>
#include <iterator>
#include <ostream>
#include <random>

#include "host-sim/process/child_process.h"
#include "host-sim/validate/check.h"

namespace ccms::host_sim {
namespace {

constexpr std::chrono::seconds kLongestCheck{60};

/// Why the child did not pass; empty when it did.
std::string failure_of(const std::filesystem::path& plugin, const Check& check,
                       const std::filesystem::path& folder) {
  ChildProcess child({"/proc/self/exe", "validate-check", plugin.string(), check.name, folder.string()},
                     folder / "stderr.txt");
  std::string said;
  while (auto line = child.read_line(kLongestCheck)) said += (said.empty() ? "" : " ") + *line;
  const auto status = child.wait(std::chrono::seconds(5));
  if (!status) return "hangs";
  if (WIFSIGNALED(*status)) return "crashes with signal " + std::to_string(WTERMSIG(*status));
  if (WEXITSTATUS(*status) == 0) return {};
  return said.empty() ? "ended with " + std::to_string(WEXITSTATUS(*status)) : said;
}

std::filesystem::path make_work_folder() {
  auto folder =
      std::filesystem::temp_directory_path() / ("ccms-validate-" + std::to_string(std::random_device{}()));
  std::filesystem::create_directories(folder);
  return folder;
}

}  // namespace

std::vector<Check> all_checks() {
  std::vector<Check> checks;
  for (const auto& group : {loading_checks(), creation_checks(), argument_checks(), lifecycle_checks(),
                            extension_checks(), process_checks()})
    std::copy(group.begin(), group.end(), std::back_inserter(checks));
  return checks;
}

int validate_plugin(const std::filesystem::path& plugin, std::ostream& out) {
  const auto work_folder = make_work_folder();
  int passed = 0;
  int failed = 0;
  for (const auto& check : all_checks()) {
    const auto folder = work_folder / check.name;
    std::filesystem::create_directories(folder);
    const auto failure = failure_of(std::filesystem::absolute(plugin), check, folder);
    ++(failure.empty() ? passed : failed);
    out << (failure.empty() ? "ok    " : "FAIL  ") << std::left << std::setw(46) << check.name
        << (failure.empty() ? check.rule : failure) << std::endl;
  }
  std::filesystem::remove_all(work_folder);
  out << passed << " passed, " << failed << " failed" << std::endl;
  return failed == 0 ? 0 : 1;
}

int run_check(const std::filesystem::path& plugin, const std::string& name,
              const std::filesystem::path& work_folder, std::ostream& out) {
  const auto checks = all_checks();
  const auto found =
      std::find_if(checks.begin(), checks.end(), [&](const Check& check) { return check.name == name; });
  if (found == checks.end()) {
    out << "no check is called " << name << std::endl;
    return 1;
  }
  try {
    found->run({plugin, work_folder});
    return 0;
  } catch (const std::exception& problem) {
    out << problem.what() << std::endl;
    return 1;
  }
}

}  // namespace ccms::host_sim
