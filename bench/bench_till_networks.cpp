// Does a clerk notice the network? create_ticket with a server that is up, and with one that is black-holed
// (its queue of connections is full and never taken from), hanging (accepts and never answers) and absent;
// each p50 and p99 as a ratio of the figure with the server up. The four tills run in turn, ticket by ticket,
// so that they share whatever else the machine does. Options: --dir FOLDER, --count N.
#include <cstdio>
#include <exception>
#include <functional>
#include <memory>

#include "bench/till_bench.h"
#include "tests/support/fake_server/unanswering_servers.h"

namespace {

using namespace ccms;

/// A till under one condition of the network, and its figures.
struct Condition {
  const char* name;
  std::unique_ptr<test::PluginHost> host;
  std::vector<bench::Microseconds> samples;
};

Condition make_condition(const char* name, const std::filesystem::path& folder, const std::string& url) {
  Condition condition{name, std::make_unique<test::PluginHost>(), {}};
  auto config = test::PluginHost::config(folder, url);
  config["sync"] = {{"first_retry_ms", 200}, {"max_retry_ms", 2000}};  // keeps the worker trying all the time
  condition.host->open(config);
  return condition;
}

void print(const Condition& condition, const Condition& online) {
  const auto p50 = bench::percentile(condition.samples, 0.5);
  const auto p99 = bench::percentile(condition.samples, 0.99);
  std::printf("%-10s p50 %6.0f us (ratio %.2f)   p99 %6.0f us (ratio %.2f)\n", condition.name, p50.count(),
              p50 / bench::percentile(online.samples, 0.5), p99.count(),
              p99 / bench::percentile(online.samples, 0.99));
}

void run(const std::filesystem::path& folder, int count) {
  bench::OnlineTill online(folder / "online");
  const test::HangingServer hanging;
  const test::BlackHoleServer black_hole;
  for (const auto* name : {"black-hole", "hanging", "absent"}) bench::enrol_till(folder / name);

  std::vector<Condition> conditions;
  conditions.push_back(make_condition("online", folder / "online", online.url()));
  conditions.push_back(make_condition("black-hole", folder / "black-hole", black_hole.url()));
  conditions.push_back(make_condition("hanging", folder / "hanging", hanging.url()));
  conditions.push_back(make_condition("absent", folder / "absent", "http://127.0.0.1:9"));
  for (int i = 0; i < count; ++i) {
    for (std::size_t turn = 0; turn < conditions.size(); ++turn) {
      // Each in turn comes first: whoever follows the online till shares the disk with that one's worker.
      auto& condition = conditions[(turn + static_cast<std::size_t>(i)) % conditions.size()];
      const auto request = bench::ticket_request(i);
      condition.samples.push_back(bench::timed([&] { bench::create_ticket(*condition.host, request); }));
    }
  }
  for (const auto& condition : conditions) print(condition, conditions.front());
}

}  // namespace

int main(int argc, char** argv) {
  const auto folder = bench::work_folder(argc, argv);
  int status = 0;
  try {
    run(folder, bench::number_option(argc, argv, "--count", 500));
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "bench_till_networks: %s\n", failure.what());
    status = 1;
  }
  std::filesystem::remove_all(folder);
  return status;
}
