#include "server/cli/files.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

namespace ccms::server {

std::optional<std::string> read_file_or_complain(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (in && std::filesystem::is_directory(file)) {  // which can be opened, and not read
    errno = EISDIR;
    in.setstate(std::ios::failbit);
  }
  if (!in) {
    std::cerr << "cannot read " << file.string() << ": " << std::strerror(errno) << '\n';
    return std::nullopt;
  }
  return std::string{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace ccms::server
