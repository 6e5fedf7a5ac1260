#include "server/what_if/replay_difference.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

#include "server/what_if/step_view.h"

namespace ccms::server {
namespace {

bool is_same(const ReplayedStep& a, const ReplayedStep& b) {
  return a.at == b.at && a.message_at == b.message_at && effects_json(*a.what) == effects_json(*b.what);
}

bool is_of_one_step(const ReplayedStep& a, const ReplayedStep& b) {
  const auto name = [](const ReplayedStep& step) {
    return std::tie(step.key.ladder, step.key.step, step.key.role, step.key.clock);
  };
  return name(a) == name(b);
}

class Comparison {
 public:
  std::vector<Difference> run(const Replayed& before, const Replayed& after) {
    note(Aspect::department, before.department, after.department);
    note(Aspect::priority, before.priority, after.priority);
    note(Aspect::first_response_by, before.first_response_by, after.first_response_by);
    note(Aspect::answer_by, before.answer_by, after.answer_by);
    note(Aspect::first_response_breached, before.first_response_breached_at,
         after.first_response_breached_at);
    note(Aspect::resolution_breached, before.resolution_breached_at, after.resolution_breached_at);
    note_steps(before.steps, after.steps);
    for (const auto& lacking : after.lacking) {
      if (std::find(before.lacking.begin(), before.lacking.end(), lacking) == before.lacking.end())
        differences_.push_back({Aspect::lacking, lacking.field, lacking.value, std::nullopt});
    }
    return std::move(differences_);
  }

 private:
  template <class T>
  void note(Aspect aspect, const std::optional<T>& before, const std::optional<T>& after) {
    if (before == after) return;
    Difference difference{aspect, "", std::nullopt, std::nullopt};
    if (before) difference.before = *before;
    if (after) difference.after = *after;
    differences_.push_back(std::move(difference));
  }

  void note_steps(const std::vector<ReplayedStep>& before, std::vector<ReplayedStep> after) {
    std::vector<ReplayedStep> left;
    for (const auto& step : before) {
      const auto same = [&](const ReplayedStep& other) { return other.key == step.key; };
      if (!pair(step, after, same)) left.push_back(step);
    }
    for (const auto& step : left) {
      const auto alike = [&](const ReplayedStep& other) { return is_of_one_step(step, other); };
      if (!pair(step, after, alike)) note_step(&step, nullptr);
    }
    for (const auto& step : after) note_step(nullptr, &step);
  }

  /// Takes the step's counterpart out of `after`; false when there is none.
  template <class IsCounterpart>
  bool pair(const ReplayedStep& step, std::vector<ReplayedStep>& after, const IsCounterpart& is_counterpart) {
    const auto found = std::find_if(after.begin(), after.end(), is_counterpart);
    if (found == after.end()) return false;
    if (!is_same(step, *found)) note_step(&step, &*found);
    after.erase(found);
    return true;
  }

  void note_step(const ReplayedStep* before, const ReplayedStep* after) {
    const auto& key = (before != nullptr ? before : after)->key;
    Difference difference{Aspect::escalation, key.ladder + ", " + key.step, std::nullopt, std::nullopt};
    if (before != nullptr) difference.before = *before;
    if (after != nullptr) difference.after = *after;
    differences_.push_back(std::move(difference));
  }

  std::vector<Difference> differences_;
};

}  // namespace

std::vector<Difference> differences(const Replayed& before, const Replayed& after) {
  return Comparison().run(before, after);
}

void DifferenceCount::add(const Difference& difference) {
  if (!difference.before)
    ++added;
  else if (!difference.after)
    ++dropped;
  else
    ++changed;
}

}  // namespace ccms::server
