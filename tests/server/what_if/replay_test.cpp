#include "server/what_if/replay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/intake/ticket_content.h"
#include "server/what_if/replay_difference.h"
#include "tests/server/support/fake_till.h"
#include "tests/server/support/server_under_test.h"

namespace ccms::test {
namespace {

using nlohmann::json;
using server::Aspect;
using server::Candidate;
using server::Difference;
using server::HistoryEntry;
using server::Replayed;
using server::TicketStory;
using testing::ElementsAre;
using testing::IsEmpty;

json put(const char* path, const json& value) { return {{"op", "add"}, {"path", path}, {"value", value}}; }

std::shared_ptr<const Candidate> sample(const std::vector<json>& patch = {}) {
  const auto document = json::parse(sample_settings()).patch(json(patch));
  auto found = server::candidate_of(document.dump());
  if (!found.candidate) throw std::runtime_error(to_string(found.problems.front()));
  return found.candidate;
}

server::Instant at(const char* rfc3339) { return domain::parse_rfc3339(rfc3339).value(); }

HistoryEntry event(const char* type, const char* when, json data = json::object(), bool by_staff = false) {
  return {type, by_staff, false, at(when), std::move(data)};
}

/// Monday at ten in Hamburg, about something else; it goes to customer care.
TicketStory story() {
  TicketStory made;
  const auto content = plain_content();
  made.ticket.ticket_id = "018dfaa0-7c00-7000-8000-000000000001";
  made.ticket.reported_store = "S001";
  made.ticket.category = "other";
  made.ticket.state = "open";
  made.ticket.settings_version = 1;
  made.history = {event("created", "2026-11-23T09:00:00.000Z", server::content_json(content)),
                  event("routed", "2026-11-23T09:00:00.000Z",
                        {{"department", "somewhere"}, {"priority", "of_old"}, {"rule", ""}})};
  return made;
}

Replayed replay(const TicketStory& story, const Candidate& candidate,
                const char* now = "2026-12-31T12:00:00.000Z") {
  return server::replay(story, candidate, at(now));
}

std::vector<std::string> steps_of(const Replayed& replayed) {
  std::vector<std::string> steps;
  for (const auto& step : replayed.steps)
    steps.push_back(domain::format_rfc3339(step.at).substr(0, 16) + " " + step.key.step);
  return steps;
}

std::vector<std::string> said(const std::vector<Difference>& differences) {
  std::vector<std::string> lines;
  for (const auto& difference : differences) {
    auto line = std::string(domain::to_text(difference.aspect));
    if (!difference.subject.empty()) line += " (" + difference.subject + ")";
    line += difference.before ? difference.after ? " changed" : " dropped" : " added";
    lines.push_back(line);
  }
  return lines;
}

TEST(Replay, SettlesTheTicketAsTheSettingsSay) {
  const auto settings = sample();
  const auto replayed = replay(story(), *settings);
  EXPECT_EQ(replayed.department, "customer_care");
  EXPECT_EQ(replayed.priority, "medium");
  EXPECT_EQ(replayed.first_response_by, at("2026-11-24T17:00:00.000Z"));
  EXPECT_EQ(replayed.answer_by, at("2026-11-28T12:00:00.000Z"));
  EXPECT_EQ(replayed.resolution_breached_at, at("2026-11-28T12:00:00.000Z"));
  EXPECT_THAT(steps_of(replayed), ElementsAre("2026-11-27T08:07 remind", "2026-11-28T12:00 late",
                                              "2026-11-30T17:00 head_office"));
  EXPECT_THAT(replayed.lacking, IsEmpty());
}

TEST(Replay, EndsNow) {
  const auto settings = sample();
  const auto replayed = replay(story(), *settings, "2026-11-28T11:59:59.999Z");
  EXPECT_EQ(replayed.answer_by, at("2026-11-28T12:00:00.000Z")) << "still to come";
  EXPECT_EQ(replayed.resolution_breached_at, std::nullopt);
  EXPECT_THAT(steps_of(replayed), ElementsAre("2026-11-27T08:07 remind"));
}

TEST(Replay, LetsPeopleDoWhatTheyDidWhenTheyDidIt) {
  auto waiting = story();
  waiting.history.push_back(event("state_changed", "2026-11-24T12:00:00.000Z", {{"to", "ready"}}, true));
  waiting.history.push_back(
      event("state_changed", "2026-11-26T12:00:00.000Z", {{"to", "in_progress"}}, true));
  waiting.history.push_back(event("state_changed", "2026-11-30T12:00:00.000Z", {{"to", "closed"}}, true));
  const auto settings = sample();
  const auto replayed = replay(waiting, *settings);
  EXPECT_EQ(replayed.answer_by, at("2026-12-01T17:00:00.000Z"))
      << "of 49.5 open hours 12 had gone by; from December on the German day ends at eight";
  EXPECT_EQ(replayed.resolution_breached_at, std::nullopt);
  EXPECT_EQ(replayed.first_response_breached_at, std::nullopt);
}

TEST(Replay, TakesStatesForWhatTheCandidateSaysTheyAre) {
  auto waiting = story();
  waiting.history.push_back(event("state_changed", "2026-11-24T12:00:00.000Z",
                                  {{"to", "ready"}, {"to_type", "pending"}, {"pauses_clock", true}}, true));
  const auto running = sample({put("/states/2/pauses_clock", false)});
  EXPECT_EQ(replay(waiting, *running).resolution_breached_at, at("2026-11-28T12:00:00.000Z"));
  const auto as_it_is = sample();
  EXPECT_EQ(replay(waiting, *as_it_is).resolution_breached_at, std::nullopt);
}

TEST(Replay, ForgetsBreachesAndStepsOfTheSettingsOfThen) {
  auto escalated = story();
  escalated.history.push_back(
      event("breached", "2026-11-23T10:00:00.000Z",
            {{"clock", "resolution"},
             {"tat", "standard"},
             {"round", 1},
             {"breached_at_ms", server::to_epoch_ms(at("2026-11-23T10:00:00.000Z"))}}));
  escalated.history.push_back(event("escalated", "2026-11-23T10:00:00.000Z",
                                    {{"clock", "resolution"},
                                     {"tat", "standard"},
                                     {"ladder", "resolution"},
                                     {"step", "remind"},
                                     {"round", 1},
                                     {"priority", "urgent"},
                                     {"department", "people"}}));
  const auto settings = sample();
  EXPECT_THAT(said(differences(replay(story(), *settings), replay(escalated, *settings))), IsEmpty());
}

TEST(Replay, FollowsWhatTheCandidatesStepsSet) {
  const auto settings = sample({put("/escalation/ladders/0/steps/0/set_priority", "urgent")});
  const auto replayed = replay(story(), *settings);
  EXPECT_EQ(replayed.priority, "medium") << "as it was routed";
  ASSERT_GE(replayed.steps.size(), 2U);
  EXPECT_EQ(replayed.steps[1].key.tat, "urgent") << "whose time is over already";
}

TEST(Replay, LetsAStepDoToClocksWhatTheWorkflowOfTheTicketSays) {
  auto begun = story();
  begun.history.push_back(event("state_changed", "2026-11-23T10:00:00.000Z",
                                {{"transition", "start"}, {"to", "in_progress"}}, true));
  const auto flow = json::parse(sample_settings()).at("workflows").front();
  auto of_suggestions = flow;
  of_suggestions["id"] = "suggestions";
  of_suggestions["when"]["kinds"] = json::array({"suggestion"});
  const auto before_it = put("/workflows/0", of_suggestions);
  const auto running = sample({before_it});
  EXPECT_NE(replay(begun, *running).resolution_breached_at, std::nullopt);
  const auto stopping = sample({before_it, put("/workflows/1/transitions/3/stops_clocks", {"resolution"})});
  EXPECT_EQ(replay(begun, *stopping).resolution_breached_at, std::nullopt);
}

/// Candidate settings that send tickets elsewhere on a condition.
std::shared_ptr<const Candidate> sample_that_routes(const json& when) {
  return sample({put("/routing/rules/0",
                     {{"id", "first"}, {"when", when}, {"department", "delivery"}, {"priority", "high"}})});
}

TEST(Replay, RoutesByTheChannelThatTheTicketCameBy) {
  auto written = story();
  written.ticket.channel = "portal";
  const auto by_portal = sample_that_routes({{"channel", {"portal"}}});
  EXPECT_EQ(replay(written, *by_portal).department, "delivery");
  const auto by_mail = sample_that_routes({{"channel", {"email"}}});
  EXPECT_EQ(replay(written, *by_mail).department, "customer_care");
}

TEST(Replay, RoutesByWhatVerificationHadFoundByThen) {
  auto doubtful = story();
  doubtful.history.insert(doubtful.history.begin() + 1,
                          event("checked", "2026-11-23T09:00:00.000Z", {{"verification", "mismatch"}}));
  doubtful.history.push_back(event("checked", "2026-11-23T10:00:00.000Z", {{"verification", "verified"}}));
  doubtful.ticket.verification = "verified";
  const auto on_mismatch = sample_that_routes({{"verification", {"mismatch"}}});
  EXPECT_EQ(replay(doubtful, *on_mismatch).department, "delivery");
  const auto on_verified = sample_that_routes({{"verification", {"verified"}}});
  EXPECT_EQ(replay(doubtful, *on_verified).department, "customer_care") << "that came later";
  const auto on_unchecked = sample_that_routes({{"verification", {"unverified"}}});
  EXPECT_EQ(replay(story(), *on_unchecked).department, "delivery") << "as every ticket begins";
}

TEST(Replay, RoutesAnewWhereTheTicketWasRoutedAnew) {
  auto amended = story();
  amended.history.push_back(
      event("amended", "2026-11-23T10:00:00.000Z", {{"changes", {{"ticket", {{"category", "delivery"}}}}}}));
  amended.history.push_back(event("routed", "2026-11-23T10:00:00.000Z",
                                  {{"department", "elsewhere"}, {"priority", "of_old"}, {"rule", ""}}));
  const auto settings = sample();
  EXPECT_EQ(replay(story(), *settings).department, "customer_care");
  const auto replayed = replay(amended, *settings);
  EXPECT_EQ(replayed.department, "delivery");
  EXPECT_EQ(replayed.priority, "medium");
  EXPECT_EQ(replayed.answer_by, at("2026-11-28T12:00:00.000Z"))
      << "by the priority of the candidate, which knows none of old";
}

TEST(Replay, LeavesAloneWhoAPersonGaveTheTicketTo) {
  auto assigned = story();
  assigned.history.push_back(
      event("assigned", "2026-11-23T10:00:00.000Z", {{"department", "repairs"}}, true));
  const auto before = sample();
  const auto after =
      sample({put("/turn_around_times/-", {{"id", "repair"},
                                           {"name", {{"en", "Repair"}, {"de", "Reparatur"}}},
                                           {"clock", "resolution"},
                                           {"when", {{"department", {"repairs"}}}},
                                           {"maximum", {{"unit", "working_days"}, {"amount", 1}}}})});
  EXPECT_EQ(replay(assigned, *after).department, "customer_care");
  EXPECT_EQ(replay(assigned, *after).answer_by, at("2026-11-24T17:00:00.000Z"));
  EXPECT_THAT(said(differences(replay(story(), *before), replay(story(), *after))), IsEmpty());
}

TEST(Replay, StopsLookingWhenTheTicketWasWithdrawn) {
  auto withdrawn = story();
  withdrawn.ticket.withdrawn = true;
  withdrawn.history.push_back(event("withdrawn", "2026-11-24T10:00:00.000Z"));
  const auto settings = sample();
  EXPECT_THAT(steps_of(replay(withdrawn, *settings)), IsEmpty());
}

TEST(Replay, OfATicketThatWasNeverRoutedRoutesItNot) {
  auto unrouted = story();
  unrouted.history.pop_back();
  const auto settings = sample();
  const auto replayed = replay(unrouted, *settings);
  EXPECT_EQ(replayed.department, std::nullopt);
  EXPECT_EQ(replayed.answer_by, std::nullopt) << "no turn-around time holds for no priority";
}

TEST(Replay, NamesWhatTheCandidateDoesNotKnow) {
  auto foreign = story();
  foreign.ticket.category = "moods";
  foreign.ticket.reported_store = "S999";
  foreign.ticket.state = "dreaming";
  foreign.ticket.requested_department = "gardening";
  foreign.ticket.requested_priority = "someday";
  foreign.ticket.custom = {{"colour", "blue"}};
  foreign.history.push_back(event("assigned", "2026-11-23T10:00:00.000Z", {{"department", "kitchen"}}, true));
  foreign.history.push_back(event("state_changed", "2026-11-23T11:00:00.000Z", {{"to", "dreaming"}}, true));
  const auto settings = sample();
  const auto replayed = replay(foreign, *settings);
  std::vector<std::string> lacking;
  for (const auto& [field, value] : replayed.lacking) lacking.push_back(field + " " + value);
  EXPECT_THAT(lacking, ElementsAre("category moods", "custom.colour colour", "department gardening",
                                   "department kitchen", "priority someday", "state dreaming", "store S999"));
  EXPECT_EQ(replayed.answer_by, std::nullopt) << "no region, no hours";
}

TEST(Replay, OfNothingIsNothing) {
  const auto settings = sample();
  const auto replayed = replay({}, *settings);
  EXPECT_EQ(replayed.department, std::nullopt);
  EXPECT_THAT(replayed.steps, IsEmpty());
}

TEST(ReplayDifference, IsNoneUnderTheSameSettings) {
  const auto one = sample();
  const auto other = sample();
  EXPECT_THAT(differences(replay(story(), *one), replay(story(), *other)), IsEmpty());
}

TEST(ReplayDifference, SaysWhereATicketWouldGo) {
  const auto before = sample();
  const auto after = sample({put("/routing/fallback/department", "store_operations")});
  const auto found = differences(replay(story(), *before), replay(story(), *after));
  ASSERT_THAT(said(found), ElementsAre("department changed"));
  EXPECT_EQ(std::get<std::string>(*found[0].before), "customer_care");
  EXPECT_EQ(std::get<std::string>(*found[0].after), "store_operations");
}

TEST(ReplayDifference, SaysWhichDeadlinesAndStepsMove) {
  auto closed = story();
  closed.history.push_back(event("state_changed", "2026-11-27T10:00:00.000Z", {{"to", "closed"}}, true));
  const auto before = sample();
  const auto after = sample({put("/turn_around_times/3/maximum/amount", 3),
                             put("/turn_around_times/3/minimum/otherwise/amount", 2)});
  const auto found = differences(replay(closed, *before), replay(closed, *after));
  EXPECT_THAT(said(found),
              ElementsAre("answer_by changed", "resolution_breached added",
                          "escalation (resolution, remind) changed", "escalation (resolution, late) added"));
  EXPECT_EQ(std::get<domain::Instant>(*found[0].after), at("2026-11-26T17:00:00.000Z"));
}

TEST(ReplayDifference, ComparesStepsByNameAndSaysWhomTheyTell) {
  const auto before = sample();
  const auto after = sample({put("/escalation/ladders/0/steps/2/notify/addresses", {"board@example.com"}),
                             put("/escalation/ladders/0/steps/1/id", "too_late")});
  EXPECT_THAT(
      said(differences(replay(story(), *before), replay(story(), *after))),
      ElementsAre("escalation (resolution, head_office) changed", "escalation (resolution, late) dropped",
                  "escalation (resolution, too_late) added"));
}

TEST(ReplayDifference, OfWhatNeitherKnowsIsNone) {
  auto foreign = story();
  foreign.ticket.category = "moods";
  const auto settings = sample();
  EXPECT_THAT(differences(replay(foreign, *settings), replay(foreign, *settings)), IsEmpty());
  const auto knowing =
      sample({put("/categories/-", {{"id", "moods"}, {"label", {{"en", "M"}, {"de", "M"}}}})});
  EXPECT_THAT(said(differences(replay(foreign, *knowing), replay(foreign, *settings))),
              ElementsAre("lacking (category) dropped"));
}

}  // namespace
}  // namespace ccms::test
