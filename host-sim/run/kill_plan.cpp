#include "host-sim/run/kill_plan.h"

#include <algorithm>
#include <array>
#include <random>
#include <stdexcept>
#include <utility>
#include <vector>

namespace ccms::host_sim {
namespace {

// std's distributions differ between libraries; the raw engine does not.
using Random = std::mt19937_64;

// A kill takes its own time to arrive: drawn up to the end, too many would come after the acknowledgement.
constexpr double kLatestShareOfCreate = 0.95;
constexpr std::uint64_t kLongestStop = 3000;  // microseconds; about what the server takes for a batch

constexpr std::array kStages{RequestStage::kReceived, RequestStage::kPassedOn, RequestStage::kServed,
                             RequestStage::kHalfAnswered};

/// Takes `count` of the candidates, each as likely as the others.
std::vector<std::size_t> take(std::vector<std::size_t>& candidates, std::size_t count, Random& random) {
  if (candidates.size() < count)
    throw std::runtime_error("till_kills: there are not enough tickets for so many");
  for (std::size_t i = 0; i < count; ++i)
    std::swap(candidates[i], candidates[i + random() % (candidates.size() - i)]);
  std::vector<std::size_t> taken(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(count));
  candidates.erase(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(count));
  return taken;
}

double share(Random& random) { return static_cast<double>(random() >> 11) / static_cast<double>(1ULL << 53); }

}  // namespace

std::map<std::size_t, PlannedKill> plan_kills(const Scenario& scenario, std::size_t tickets) {
  Random random(scenario.seed ^ 0x6B696C6C);  // not the numbers that chose the tickets
  std::vector<std::size_t> with_network;
  std::vector<std::size_t> without;
  for (std::size_t i = 0; i < tickets; ++i) {
    const auto& till = scenario.tills[i % scenario.tills.size()];
    const double progress = static_cast<double>(i) / static_cast<double>(tickets);
    (inside(till.offline, progress) ? without : with_network).push_back(i);
  }

  std::map<std::size_t, PlannedKill> plan;
  const auto sends = scenario.till_kills / 2;
  const auto in_turn = random();
  const auto at_send = take(with_network, sends, random);
  for (std::size_t i = 0; i < at_send.size(); ++i) {
    plan[at_send[i]] = {PlannedKill::During::kSend, 0, kStages[(in_turn + i) % kStages.size()],
                        std::chrono::microseconds(random() % kLongestStop)};
  }
  auto anywhere = std::move(with_network);
  anywhere.insert(anywhere.end(), without.begin(), without.end());
  for (const auto ticket : take(anywhere, scenario.till_kills - sends, random))
    plan[ticket].share_of_create = kLatestShareOfCreate * share(random);
  return plan;
}

}  // namespace ccms::host_sim
