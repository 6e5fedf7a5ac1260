#include "host-sim/till/till_config.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "tests/support/services/temp_folder.h"

namespace ccms::host_sim {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTill = R"({
  "plugin": "lib/p.so", "data_folder": "till-data", "server_url": "http://127.0.0.1:1", "ca_file": "ca.pem",
  "store": "S1", "till": "T1", "customers": ["customers.json"], "web_root": "web"})";

/// What is said of the configuration kTill with other members.
std::string complaint_about(const char* changes) {
  auto document = nlohmann::json::parse(kTill);
  document.merge_patch(nlohmann::json::parse(changes));
  try {
    parse_till_config(document, "/shop");
  } catch (const std::runtime_error& refused) {
    return refused.what();
  }
  return "";
}

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

TEST(TillConfig, takes_every_member_that_is_described) {
  EXPECT_EQ(complaint_about(R"({
      "language": "en", "training": true, "sync": {"first_retry_ms": 1, "max_retry_ms": 2, "poll_ms": 3},
      "clerks": [{"id": "mia", "name": "Mia"}], "manager": {"id": "max", "name": "Max"},
      "transactions": [], "listen": {"address": "127.0.0.1", "port": 8091}})"),
            "");
}

TEST(TillConfig, refuses_members_that_it_does_not_know) {
  for (const auto& [changes, member] :
       {std::pair{R"({"web_rot": "web"})", "/web_rot"},
        {R"({"sync": {"polls": 1}})", "/sync/polls"},
        {R"({"manger": {"id": "m", "name": "M"}})", "/manger"},
        {R"({"listen": {"prt": 1}})", "/listen/prt"},
        {R"({"clerks": [{"id": "m", "name": "M", "nmae": "M"}]})", "/clerks/0/nmae"}})
    EXPECT_EQ(complaint_about(changes), std::string("till configuration: ") + member + " is not a setting");
}

TEST(TillConfig, names_the_member_that_is_missing_or_of_the_wrong_type) {
  for (const auto& [changes, complaint] :
       {std::pair{R"({"store": null})", "/store is required"},
        {R"({"till": 1})", "/till must be a text"},
        {R"({"manager": {"id": "m"}})", "/manager/name is required"},
        {R"({"clerks": {}})", "/clerks must be a list"},
        {R"({"customers": [1]})", "/customers/0 must be a text"},
        {R"({"transactions": [{"mapping": {}}]})", "/transactions/0/file is required"},
        {R"({"training": "no"})", "/training must be true or false"},
        {R"({"sync": 1})", "/sync must be an object"},
        {R"({"listen": {"port": 65536}})", "/listen/port must be a whole number from 0 to 65535"},
        {R"({"listen": {"port": "1"}})", "/listen/port must be a whole number from 0 to 65535"}})
    EXPECT_EQ(complaint_about(changes), std::string("till configuration: ") + complaint);
}

TEST(TillConfig, of_no_file_says_which_option_is_missing) {
  try {
    load_till_config("");
    FAIL() << "no file is no configuration";
  } catch (const std::runtime_error& refused) {
    EXPECT_STREQ(refused.what(), "--config is required");
  }
}

}  // namespace
}  // namespace ccms::host_sim
