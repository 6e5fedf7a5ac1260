#include "tests/support/files/files.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace ccms::test {
namespace {

const std::filesystem::path kSource = CCMS_SOURCE_DIR;

}  // namespace

std::filesystem::path shared_data(const std::string& name) {
  const char* folder = std::getenv("CCMS_SHARED_DATA");
  return (folder != nullptr ? std::filesystem::path(folder) : kSource / ".." / "shared" / "data") / name;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> read_lines(const std::filesystem::path& path) {
  std::istringstream text(read_file(path));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

std::filesystem::path golden_folder(const std::string& name) { return kSource / "tests" / "golden" / name; }

void expect_golden(const std::string& name, const std::string& bytes) {
  const std::filesystem::path path = golden_folder(name);
  if (std::getenv("CCMS_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << bytes;
    return;
  }
  EXPECT_EQ(read_file(path), bytes) << name;
}

}  // namespace ccms::test
