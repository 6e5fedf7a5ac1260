#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace ccms::server {

/// The whole file, or nothing, with the reason on standard error.
std::optional<std::string> read_file_or_complain(const std::filesystem::path& file);

}  // namespace ccms::server
