#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "core/domain/encoding.h"
#include "core/wire/ticket_json.h"
#include "tests/fuzz/mutator.h"
#include "tests/fuzz/wire_targets.h"
#include "tests/support/files/files.h"

namespace ccms::fuzz {
namespace {

constexpr int kRounds = 20'000;

std::vector<std::string> golden(const std::string& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(test::golden_folder(folder))) {
    if (entry.is_regular_file()) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());  // a folder's own order differs between machines
  std::vector<std::string> contents;
  for (const auto& path : paths) contents.push_back(test::read_file(path));
  return contents;
}

/// The `created` captures turned into requests for tickets.
std::vector<std::string> requests() {
  std::vector<std::string> out;
  for (const std::string& bytes : golden("wire")) {
    auto body = nlohmann::ordered_json::parse(bytes)["body"];
    if (!body.contains("proof")) continue;
    body.erase("code");
    body.erase("channel");
    out.push_back(body.dump());
    body["clerk"] = {{"id", "c17"}, {"name", "Mia"}};
    out.push_back(body.dump());
  }
  return out;
}

void run(std::vector<std::string> seeds, void (*target)(std::string_view)) {
  ASSERT_FALSE(seeds.empty());
  for (const std::string& seed : seeds) target(seed);
  Mutator mutator(std::move(seeds), 20261121);
  for (int round = 0; round < kRounds; ++round) {
    const std::string input = mutator.next();
    try {
      target(input);
    } catch (const std::exception& error) {
      FAIL() << error.what() << "; base64 of the input: " << domain::base64_encode(input);
    }
  }
}

TEST(WireFuzz, Captures) { run(golden("wire"), capture); }

TEST(WireFuzz, TicketRequests) { run(requests(), ticket_request); }

TEST(WireFuzz, TicketCodes) {
  run({"7KXA-2H15-SFKK", "7kxa 2h15 sfkk", "000000000000", "OIL1-0000-0000"}, ticket_code);
}

TEST(WireFuzz, SyncMessages) { run(golden("wire/messages"), sync_messages); }

}  // namespace
}  // namespace ccms::fuzz
