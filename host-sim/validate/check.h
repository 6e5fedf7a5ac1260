#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace ccms::host_sim {

/// What a check was given to work with.
struct CheckContext {
  std::filesystem::path plugin;
  std::filesystem::path work_folder;  ///< empty, the check's own
};

/// A rule of the ABI that the plugin breaks, in words.
class CheckFailed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One rule of ccms_plugin.h, tried in a process of its own.
struct Check {
  const char* name;
  const char* rule;
  void (*run)(const CheckContext& context);
};

/// All checks, in the order in which they are reported: loading, creating, arguments, threads, life,
/// extensions, process.
std::vector<Check> all_checks();
std::vector<Check> loading_checks();
std::vector<Check> creation_checks();
std::vector<Check> argument_checks();
std::vector<Check> lifecycle_checks();
std::vector<Check> extension_checks();
std::vector<Check> process_checks();

/// Throws CheckFailed with the message unless the condition holds.
inline void require(bool condition, const std::string& message) {
  if (!condition) throw CheckFailed(message);
}

}  // namespace ccms::host_sim
