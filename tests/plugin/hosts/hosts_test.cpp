// Hosts in other languages, against the fake server over loopback.
#include <gmock/gmock.h>

#include "tests/support/fake_server/fake_http_server.h"
#include "tests/support/fake_server/sample_bundle.h"
#include "tests/support/plugin_host/plugin_host.h"
#include "tests/support/services/run_program.h"
#include "tests/support/services/temp_folder.h"

namespace ccms::test {
namespace {

using ::testing::HasSubstr;

domain::Instant now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

class ForeignHost : public ::testing::TestWithParam<std::vector<std::string>> {};

TEST_P(ForeignHost, enrols_creates_corrects_and_finds) {
  FakeServer server(now);
  server.add_code("ABCD-EFGH-JKMN", "S001-T1");
  server.set_bundle(sample_bundle(), "\"1\"");
  server.reject("poison", {"bad_value", "not like this", "/body/ticket/details"});
  FakeHttpServer http(server);
  const TempFolder folder;
  auto command = GetParam();
  const auto config = PluginHost::config(folder.path() / "till", http.url()).dump();
  command.insert(command.end(),
                 {PluginHost::library().string(), config, "ABCD-EFGH-JKMN", "poison", "harmless"});

  const auto said = run_successfully({.command = command});
  EXPECT_THAT(said, HasSubstr("field: What happened?"));
  EXPECT_THAT(said, HasSubstr("created: "));
  EXPECT_THAT(said, HasSubstr("rejected: not like this"));
  EXPECT_THAT(said, HasSubstr(", harmless"));
  EXPECT_EQ(server.captures().size(), 1U);
}

std::vector<std::vector<std::string>> hosts() {
  std::vector<std::vector<std::string>> hosts{{CCMS_C_HOST}};
#ifdef CCMS_HAS_PYTHON_HOST
  hosts.push_back({"python3", CCMS_PYTHON_HOST});
#endif
  return hosts;
}

INSTANTIATE_TEST_SUITE_P(Languages, ForeignHost, ::testing::ValuesIn(hosts()));

}  // namespace
}  // namespace ccms::test
