#include "tests/support/fake_server/sample_bundle.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "core/settings/bundle.h"
#include "core/settings/loader.h"

namespace ccms::test {

std::string sample_bundle(std::int64_t version) {
  std::ifstream file(CCMS_SAMPLE_CHAIN);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto loaded = settings::load_settings(text);
  if (!loaded.value) throw std::runtime_error("sample chain: " + to_string(loaded.problems.at(0)));
  return settings::derive_bundle(*loaded.value, version, "S001").value();
}

}  // namespace ccms::test
