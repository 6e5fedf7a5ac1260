#pragma once

#include <filesystem>

namespace ccms::server {

/// Makes a folder, and those above it, unless it exists; one that is made is its owner's alone. Throws
/// std::filesystem::filesystem_error.
void make_private_folder(const std::filesystem::path& folder);

}  // namespace ccms::server
