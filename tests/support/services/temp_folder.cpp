#include "tests/support/services/temp_folder.h"

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <string>
#include <system_error>

namespace ccms::test {

namespace fs = std::filesystem;

TempFolder::TempFolder() {
  std::string name = (fs::temp_directory_path() / "ccms-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    throw std::system_error(errno, std::generic_category(), "cannot make " + name);
  }
  path_ = name;
  fs::permissions(path_, fs::perms(0755));
}

TempFolder::~TempFolder() {
  if (std::getenv("CCMS_KEEP_TEST_FOLDERS") != nullptr) return;
  std::error_code ignored;  // a leftover in the temporary folder must not fail a test
  fs::remove_all(path_, ignored);
}

fs::path TempFolder::write(const fs::path& name, std::string_view text) const {
  const fs::path full = path_ / name;
  fs::create_directories(full.parent_path());
  std::ofstream file(full, std::ios::binary);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (!file) throw std::system_error(errno, std::generic_category(), "cannot write " + full.string());
  return full;
}

}  // namespace ccms::test
