#include "tests/support/services/temp_folder.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <string>
#include <system_error>

namespace ccms::test {

namespace fs = std::filesystem;

namespace {

const std::string kPrefix =
    "ccms-test-";  // then the process id of the owner, a dash, and what makes it unique

bool has_ended(const std::string& pid) { return ::kill(std::stoi(pid), 0) != 0 && errno == ESRCH; }

// A test program that crashes leaves its folders behind, and a database's are large: the next one removes
// them.
void sweep_folders_of_ended_programs() {
  std::error_code
      ignored;  // another program may be sweeping too, and another user's folder is not ours to remove
  for (fs::directory_iterator it(fs::temp_directory_path(), ignored), end; it != end; it.increment(ignored)) {
    const std::string name = it->path().filename().string();
    if (!name.starts_with(kPrefix)) continue;
    const std::string pid = name.substr(kPrefix.size(), name.find('-', kPrefix.size()) - kPrefix.size());
    const bool is_number = !pid.empty() && pid.size() < 9 && pid.find_first_not_of("0123456789") == pid.npos;
    if (is_number && has_ended(pid)) fs::remove_all(it->path(), ignored);
  }
}

bool folders_are_kept() { return std::getenv("CCMS_KEEP_TEST_FOLDERS") != nullptr; }

}  // namespace

TempFolder::TempFolder() {
  if (!folders_are_kept()) sweep_folders_of_ended_programs();
  std::string name =
      (fs::temp_directory_path() / (kPrefix + std::to_string(::getpid()) + "-XXXXXX")).string();
  if (::mkdtemp(name.data()) == nullptr) {
    throw std::system_error(errno, std::generic_category(), "cannot make " + name);
  }
  path_ = name;
  fs::permissions(path_, fs::perms(0755));
}

TempFolder::~TempFolder() {
  if (folders_are_kept()) return;
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
