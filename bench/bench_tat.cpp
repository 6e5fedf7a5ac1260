// How dear is it to ask how a ticket's turn-around times stand? A ticket of eight weeks with three TATs, an
// escalation ladder and thirty entries in its history, evaluated over and over, against one look at tzdata
// for each of its days: what the same arithmetic would cost at the least if zones were not kept as values.
// Prints both in microseconds and `ratio X.XX`. Options: --count N.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "core/tz/tz.h"
#include "core/workflow/escalation.h"
#include "core/workflow/tat.h"

namespace {

using namespace ccms;
using namespace std::chrono_literals;
using settings::Span;
using settings::StateType;
using workflow::StateEntered;

constexpr const char* kZone = "Europe/Berlin";
constexpr int kDays = 56;
constexpr domain::Instant kOpened = std::chrono::sys_days(std::chrono::year(2026) / 9 / 14) + 10h;

workflow::TatRules rules() {
  workflow::TatRules rules;
  for (const char* id : {"own", "supplier", "law"}) {
    settings::Tat tat;
    tat.id = id;
    tat.maximum = Span{Span::Unit::working_days, kDays};
    tat.minimum_otherwise = Span{Span::Unit::working_minutes, 600};
    rules.tats.push_back(tat);
  }
  rules.tats.back().pauses = false;
  settings::Calendar calendar{kZone, {{0b0011111, 540, 1080}, {0b0100000, 540, 840}}, {}, {"2026-10-03"}};
  calendar.seasons.push_back({"sale", {}, "11-20", "12-24", {{0b0111111, 540, 1200}}});
  rules.calendars.emplace("de", workflow::WorkingTime::of(calendar).value());
  return rules;
}

workflow::Timeline history() {
  workflow::TatFacts facts;
  facts.region = "de";
  workflow::Timeline timeline = {{kOpened, workflow::Opened{facts, StateType::open, false}}};
  for (int day = 1; day < 30; ++day) {
    const bool waits = day % 2 == 0;
    timeline.push_back({kOpened + day * 24h + 1h,
                        StateEntered{waits ? StateType::pending : StateType::in_progress, waits, true}});
  }
  return timeline;
}

settings::Escalation ladder() {
  settings::Escalation escalation;
  escalation.ladders.push_back({"main", {}, {}, {}});
  for (const int percent : {50, 80, 100, 150}) {
    settings::EscalationStep step;
    step.id = std::to_string(percent);
    step.at = settings::AtPercent{percent};
    escalation.ladders.back().steps.push_back(step);
  }
  return escalation;
}

template <class Work>
double microseconds(int count, const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < count; ++i) work(i);
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count() / count;
}

}  // namespace

int main(int argc, char** argv) {
  const int count = argc == 3 && std::strcmp(argv[1], "--count") == 0 ? std::atoi(argv[2]) : 2000;
  if (count <= 0) {
    std::fprintf(stderr, "usage: bench_tat [--count N]\n");
    return 2;
  }
  const workflow::TatRules kept = rules();
  const workflow::TatRulesOf rules_of = [&kept](std::int64_t) { return &kept; };
  const workflow::Timeline timeline = history();
  const settings::Escalation escalation = ladder();
  std::size_t seen = 0;
  const double evaluated = microseconds(count, [&](int i) {
    const domain::Instant now = kOpened + kDays * 24h + std::chrono::minutes(i);
    const auto statuses = workflow::evaluate(rules_of, timeline, now);
    seen += workflow::plan({escalation, statuses, {}, {}, {}, {}}, now).due.size() + statuses.size();
  });
  const double looked_up = microseconds(count, [&](int) {
    for (int day = 0; day < kDays; ++day) seen += tz::to_local(kZone, kOpened + day * 24h).ok() ? 1U : 0U;
  });
  std::printf("evaluate and plan: %.1f us a ticket; tzdata once a day: %.1f us (%zu)\n", evaluated, looked_up,
              seen);
  std::printf("ratio %.2f\n", evaluated / looked_up);
  return 0;
}
