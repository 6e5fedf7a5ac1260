#include "tests/support/services/text_file.h"

#include <fstream>
#include <iterator>

namespace ccms::test {

std::string read_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string last_lines(const std::filesystem::path& file, std::size_t lines) {
  const std::string text = read_text(file);
  std::size_t from = text.empty() ? std::string::npos : text.size() - 1;  // a final line end closes a line
  for (std::size_t seen = 0; seen < lines && from != std::string::npos && from > 0; ++seen) {
    from = text.rfind('\n', from - 1);
  }
  return from == std::string::npos ? text : text.substr(from + (from > 0 ? 1 : 0));
}

}  // namespace ccms::test
