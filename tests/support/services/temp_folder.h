#pragma once

#include <filesystem>
#include <string_view>

namespace ccms::test {

// A fresh folder that is gone, with all it holds, when the object is. Other accounts may enter it, because
// daemons started by root run under their own. Set CCMS_KEEP_TEST_FOLDERS to look at what a test left.
// Throws std::system_error when the folder cannot be made.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  // Writes a file, making the folders on its way; returns its full path.
  std::filesystem::path write(const std::filesystem::path& name, std::string_view text) const;

 private:
  std::filesystem::path path_;
};

}  // namespace ccms::test
