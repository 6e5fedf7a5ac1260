#include "host-sim/till/till_config.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "tests/support/services/temp_folder.h"

namespace ccms::host_sim {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTill = R"({
  "plugin": "lib/p.so", "data_folder": "till-data", "server_url": "http://127.0.0.1:1", "ca_file": "ca.pem",
  "store": "S1", "till": "T1", "customers": ["customers.json"], "web_root": "web"})";

TEST(TillConfig, takes_relative_paths_from_the_files_folder) {
  const test::TempFolder folder;
  const auto config = load_till_config(folder.write("shop/till.json", kTill));
  EXPECT_EQ(config.plugin, folder.path() / "shop/lib/p.so");
  EXPECT_EQ(config.data_folder, folder.path() / "shop/till-data");
  EXPECT_EQ(config.ca_file, (folder.path() / "shop/ca.pem").string());
  EXPECT_EQ(config.web_root, folder.path() / "shop/web");
}

TEST(TillConfig, of_a_file_with_a_relative_path_gives_the_plugin_absolute_ones) {
  const test::TempFolder folder;
  const auto file = fs::relative(folder.write("till.json", kTill));
  ASSERT_TRUE(file.is_relative());
  const auto config = load_till_config(file);
  const auto given = nlohmann::json::parse(config.plugin_config());
  for (const auto& [member, name] : {std::pair{"data_folder", "till-data"}, {"ca_file", "ca.pem"}}) {
    const fs::path path = given.at(member).get<std::string>();
    EXPECT_TRUE(path.is_absolute()) << path;
    EXPECT_EQ(fs::weakly_canonical(path), fs::weakly_canonical(folder.path() / name));
  }
}

}  // namespace
}  // namespace ccms::host_sim
