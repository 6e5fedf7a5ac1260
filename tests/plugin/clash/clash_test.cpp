// What becomes of the plugin in a process that holds another Poco; see
// docs/decisions/another-poco-in-the-host.md.
#include <gmock/gmock.h>

#include "tests/support/fake_server/fake_http_server.h"
#include "tests/support/fake_server/sample_bundle.h"
#include "tests/support/services/run_program.h"
#include "tests/support/services/temp_folder.h"

namespace ccms::test {
namespace {

domain::Instant now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

ProgramResult enrol_beside_another_poco(const std::string& mode) {
  FakeServer server(now);
  server.add_code("ABCD-EFGH-JKMN", "S001-T1");
  server.set_bundle(sample_bundle(), "\"1\"");
  FakeHttpServer http(server);
  const TempFolder folder;
  return run_program({.command = {CCMS_CLASH_HOST, mode, (folder.path() / "till").string(), http.url()}});
}

TEST(AnotherPoco, takes_the_place_of_ours_when_the_plugin_is_loaded_plainly) {
  EXPECT_NE(enrol_beside_another_poco("local").exit_code, 0)
      << "if this passes, the guide's advice is out of date";
}

TEST(AnotherPoco, is_kept_apart_by_deep_binding) {
  const auto result = enrol_beside_another_poco("deepbind");
  EXPECT_EQ(result.exit_code, 0) << result.output;
}

}  // namespace
}  // namespace ccms::test
