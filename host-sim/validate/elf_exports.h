#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ccms::host_sim {

/// The names that a 64-bit ELF shared library defines and exports, sorted.
/// Errors: std::runtime_error when it is not such a file.
std::vector<std::string> exported_symbols(const std::filesystem::path& library);

}  // namespace ccms::host_sim
