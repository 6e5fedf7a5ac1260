// Stands for another build of Poco in a host's process: it exports a symbol of the real one with other
// behaviour.
#include <cstdint>
#include <string>

namespace Poco {

class NumberParser {
 public:
  __attribute__((visibility("default"))) static std::int64_t parse64(const std::string& text, char thousand);
};

// Poco's HTTP client reads Content-Length with this function.
std::int64_t NumberParser::parse64(const std::string&, char) { return 7; }

}  // namespace Poco

extern "C" __attribute__((visibility("default"))) int other_poco_version() { return 7; }
