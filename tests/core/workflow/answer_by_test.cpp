#include "core/workflow/answer_by.h"

#include <gtest/gtest.h>

#include <random>

#include "core/settings/bundle.h"
#include "core/workflow/routing.h"
#include "core/workflow/tat_rules.h"
#include "tests/core/settings/sample_settings.h"

namespace ccms::workflow {
namespace {

using domain::Instant;
using nlohmann::json;
using settings::testing::sample;
using settings::testing::sample_with;

Instant at(const char* rfc3339) { return domain::parse_rfc3339(rfc3339).value(); }

std::string text(const std::optional<Instant>& instant) {
  return instant ? domain::format_rfc3339(*instant) : "never";
}

settings::Bundle bundle_of(const settings::Settings& settings, const std::string& store) {
  const auto bytes = settings::derive_bundle(settings, 7, store);
  auto loaded = settings::parse_bundle(bytes.value());
  if (!loaded.ok()) throw std::runtime_error(to_string(loaded.problems.front()));
  return *std::move(loaded.value);
}

/// As a till promises it.
std::optional<Instant> promised(const settings::Settings& settings, const domain::TicketFacts& facts,
                                Instant opened) {
  const auto bundle = bundle_of(settings, facts.store.str());
  return answer_by(bundle, tat_rules(bundle), facts, opened);
}

/// As a server computes it, with all that it knows.
std::optional<Instant> computed(const settings::Settings& settings, const domain::TicketFacts& facts,
                                Instant opened) {
  const Route way = route(settings, facts);
  const auto* initial = settings.find_state(settings.workflows.back().initial);
  return answer_by(tat_rules(settings),
                   {{facts, way.priority, way.department, settings.place_of(facts.store.str()).region, 7},
                    initial->type,
                    initial->pauses_clock,
                    opened});
}

domain::TicketFacts facts(const char* category, const char* store = "S001") {
  domain::TicketFacts out;
  out.store = domain::StoreId(store);
  out.category = domain::CategoryId(category);
  return out;
}

TEST(AnswerBy, FridayEveningIsAnsweredInTheNextWorkingDaysOfItsRegion) {
  // 17:50 on a Friday in Hamburg; five working days, Saturday being one, end with the closing of the fifth.
  EXPECT_EQ(text(promised(sample(), facts("other"), at("2026-11-20T16:50:00.000Z"))),
            "2026-11-26T17:00:00.000Z");
  // The same moment is early afternoon in New York, whose calendar it is counted on.
  EXPECT_NE(text(promised(sample(), facts("other", "S011"), at("2026-11-20T16:50:00.000Z"))),
            "2026-11-26T17:00:00.000Z");
}

TEST(AnswerBy, WhatRoutingMakesUrgentIsAnsweredWithinHours) {
  auto ill = facts("spoiled_food");
  ill.custom[domain::FieldId("felt_unwell")] = true;
  // Monday 9:00: eight working hours over the lunch break.
  EXPECT_EQ(text(promised(sample(), ill, at("2026-11-16T08:00:00.000Z"))), "2026-11-16T16:30:00.000Z");
}

TEST(AnswerBy, ASeasonHasHoursOfItsOwn) {
  auto ill = facts("spoiled_food");
  ill.custom[domain::FieldId("felt_unwell")] = true;
  // Monday 13:00 in Advent, when work goes on until 20:00: seven hours today, one tomorrow from 8:00.
  EXPECT_EQ(text(promised(sample(), ill, at("2026-12-07T12:00:00.000Z"))), "2026-12-08T08:00:00.000Z");
}

TEST(AnswerBy, WithoutATurnAroundTimeNothingIsPromised) {
  const auto silent = sample_with(
      {{{"op", "remove"}, {"path", "/turn_around_times"}}, {{"op", "remove"}, {"path", "/escalation"}}});
  EXPECT_EQ(promised(silent, facts("other"), at("2026-11-16T08:00:00.000Z")), std::nullopt);
}

TEST(AnswerBy, ATillPromisesWhatTheServerComputes) {
  constexpr unsigned kSeed = 20261127;
  std::mt19937 random(kSeed);
  const auto one_of = [&](const auto& list) -> const auto& {
    return list[std::uniform_int_distribution<std::size_t>(0, list.size() - 1)(random)];
  };
  const auto& settings = sample();
  constexpr domain::TicketKind kKinds[] = {domain::TicketKind::complaint, domain::TicketKind::suggestion,
                                           domain::TicketKind::service};
  int promises = 0;
  for (int i = 0; i < 1'000; ++i) {
    domain::TicketFacts ticket;
    ticket.kind = kKinds[std::uniform_int_distribution<std::size_t>(0, 2)(random)];
    ticket.store = domain::StoreId(one_of(settings.organisation.stores).id);
    ticket.category = domain::CategoryId(one_of(settings.form.categories).id);
    if (random() % 2 == 0) ticket.priority = domain::PriorityId(one_of(settings.form.priorities).id);
    if (random() % 3 == 0)
      ticket.requested_department = domain::DepartmentId(one_of(settings.form.departments).id);
    if (random() % 4 == 0) ticket.amount = domain::Money{static_cast<std::int64_t>(random() % 90'000), "EUR"};
    if (random() % 5 == 0) ticket.custom[domain::FieldId("felt_unwell")] = true;
    const Instant opened = at("2026-10-01T00:00:00.000Z") + std::chrono::minutes(random() % (120 * 24 * 60));
    const auto by_till = promised(settings, ticket, opened);
    ASSERT_EQ(text(by_till), text(computed(settings, ticket, opened)))
        << ticket.store.str() << ' ' << ticket.category->str() << ' ' << domain::format_rfc3339(opened);
    promises += by_till ? 1 : 0;
  }
  EXPECT_EQ(promises, 1'000);
}

}  // namespace
}  // namespace ccms::workflow
