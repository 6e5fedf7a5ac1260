#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

namespace ccms::host_sim {

/// Tries every check on the plugin, each in a process of its own, and prints a line for each. The last line
/// is "N passed, N failed". Returns 0 when none failed, else 1.
int validate_plugin(const std::filesystem::path& plugin, std::ostream& out);

/// The child's side: one check, in this process. Returns 0, or 1 after printing why.
int run_check(const std::filesystem::path& plugin, const std::string& name,
              const std::filesystem::path& work_folder, std::ostream& out);

}  // namespace ccms::host_sim
