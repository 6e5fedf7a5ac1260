#include "host-sim/validate/elf_exports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ccms::host_sim {
namespace {

TEST(ExportedSymbols, of_our_plugin_are_the_entry_alone) {
  EXPECT_THAT(exported_symbols(CCMS_PLUGIN), ::testing::ElementsAre("ccms_plugin_entry"));
}

TEST(ExportedSymbols, of_a_leaking_plugin_show_the_leak) {
  EXPECT_THAT(exported_symbols(CCMS_BROKEN_PLUGINS "/broken_never_leaves.so"),
              ::testing::Contains("ccms_helper_that_leaked_out"));
}

TEST(ExportedSymbols, of_what_is_no_library_are_an_error) {
  EXPECT_THROW(exported_symbols("/etc/hostname"), std::runtime_error);
}

}  // namespace
}  // namespace ccms::host_sim
