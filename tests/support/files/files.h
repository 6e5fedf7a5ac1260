#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ccms::test {

/// A file of the shared data: in the folder that CCMS_SHARED_DATA names, else in ../shared/data beside the
/// project. It is never part of the project; a test that needs it fails without it.
std::filesystem::path shared_data(const std::string& name);

/// The bytes of a file; throws std::runtime_error naming a file that cannot be read.
std::string read_file(const std::filesystem::path& path);
std::vector<std::string> read_lines(const std::filesystem::path& path);

/// A folder under tests/golden.
std::filesystem::path golden_folder(const std::string& name);

/// Expects the bytes to be those of a golden file, such as "wire/created.json". With CCMS_UPDATE_GOLDEN set
/// the file is written instead: look at the difference before committing it.
void expect_golden(const std::string& name, const std::string& bytes);

}  // namespace ccms::test
