#include "core/workflow/workflow.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/settings/sample_settings.h"

namespace ccms::workflow {
namespace {

using settings::testing::sample;
using settings::testing::sample_with;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Roles kDepartment{"department_staff"};
const Roles kManager{"store_manager"};

TicketState ticket_in(const char* state) {
  TicketState ticket;
  ticket.workflow = "standard";
  ticket.state = state;
  ticket.department = "repairs";
  return ticket;
}

ActionRequest action(const char* name) {
  ActionRequest request;
  request.action = name;
  return request;
}

std::string refusal(const TicketState& ticket, const ActionRequest& request, const Roles& roles = kDepartment,
                    const settings::Settings& settings = sample()) {
  const auto decision = decide(settings, ticket, request, roles);
  return decision.ok() ? "done" : decision.error().code + " " + decision.error().field;
}

std::vector<std::string> types(const Decision& decision) {
  std::vector<std::string> out;
  for (const Consequence& event : decision.events) out.push_back(event.type);
  return out;
}

std::vector<std::string> names(const std::vector<const settings::Transition*>& transitions) {
  std::vector<std::string> out;
  for (const settings::Transition* transition : transitions) out.push_back(transition->id);
  return out;
}

TEST(AllowedActions, DependOnStateAndRole) {
  EXPECT_THAT(names(allowed_actions(sample(), ticket_in("open"), kDepartment)),
              ElementsAre("verify", "reject", "assign", "start", "ready"));
  EXPECT_THAT(names(allowed_actions(sample(), ticket_in("open"), kManager)), ElementsAre("verify", "start"));
  EXPECT_THAT(names(allowed_actions(sample(), ticket_in("closed"), kManager)), ElementsAre("reopen"));
  EXPECT_THAT(names(allowed_actions(sample(), ticket_in("open"), {})), IsEmpty());
  EXPECT_THAT(names(allowed_actions(sample(), ticket_in("nowhere"), kDepartment)), IsEmpty());
}

TEST(AllowedActions, AreExactlyThoseThatCanBeDecided) {
  for (const auto& state : sample().states) {
    for (const char* role : {"department_staff", "store_manager", "hq"}) {
      const TicketState ticket = ticket_in(state.id.c_str());
      const auto allowed = allowed_actions(sample(), ticket, {role});
      for (const auto& entry : domain::kEnumNames<settings::Action>) {
        ActionRequest request = action(std::string(entry.name).c_str());
        request.note = "n";
        if (entry.value == settings::Action::close) request.resolution_code = "refunded";
        if (entry.value == settings::Action::reject) request.reason = "too_late";
        if (entry.value == settings::Action::assign) request.assignee = "u1";
        const bool listed = std::any_of(allowed.begin(), allowed.end(), [&](const auto* transition) {
          return transition->action == entry.value;
        });
        EXPECT_EQ(decide(sample(), ticket, request, {role}).ok(), listed) << state.id << " " << entry.name;
      }
    }
  }
}

TEST(Decide, StartMovesOn) {
  const auto decision = decide(sample(), ticket_in("open"), action("start"), kDepartment);
  ASSERT_TRUE(decision.ok());
  EXPECT_EQ(decision->from_state, "open");
  EXPECT_EQ(decision->to_state, "in_progress");
  EXPECT_TRUE(decision->state_changes());
  EXPECT_FALSE(decision->finishes);
  EXPECT_FALSE(decision->notification);
  EXPECT_THAT(types(*decision), ElementsAre("state_changed"));
}

settings::Settings sample_with_step(const nlohmann::json& transition,
                                    const std::vector<nlohmann::json>& more = {}) {
  std::vector<nlohmann::json> patch = more;
  patch.push_back({{"op", "add"}, {"path", "/workflows/0/transitions/-"}, {"value", transition}});
  return sample_with(nlohmann::json(patch));
}

TEST(Decide, WhatLeavesTheStateAsItIsIsSaidAllTheSame) {
  const auto settings = sample_with_step({{"id", "start_again"},
                                          {"action", "start"},
                                          {"label", {{"en", "Start again"}, {"de", "Neu beginnen"}}},
                                          {"from", {"in_progress"}},
                                          {"to", "in_progress"},
                                          {"who", {"department_staff"}}});
  const auto decision = decide(settings, ticket_in("in_progress"), action("start_again"), kDepartment);
  ASSERT_TRUE(decision.ok());
  EXPECT_FALSE(decision->state_changes());
  EXPECT_TRUE(decision->tells_state());
  EXPECT_THAT(types(*decision), ElementsAre("state_changed"));
}

TEST(TimedTransition, WaitsAsLongAsItCouldNotBeTaken) {
  const auto settings = sample_with_step(
      {{"id", "begins"},
       {"action", "start"},
       {"label", {{"en", "Begins"}, {"de", "Beginnt"}}},
       {"from", {"ready"}},
       {"to", "in_progress"},
       {"who", nlohmann::json::array()},
       {"after", {{"unit", "minutes"}, {"amount", 60}}}},
      {{{"op", "replace"}, {"path", "/workflows/0/verification"}, {"value", "before_allocation"}}});
  TicketState ticket = ticket_in("ready");
  EXPECT_EQ(timed_transition(settings, ticket), nullptr);
  ticket.verification = Verification::verified;
  ASSERT_NE(timed_transition(settings, ticket), nullptr);
  EXPECT_EQ(timed_transition(settings, ticket)->id, "begins");
  ticket.withdrawn = true;
  EXPECT_EQ(timed_transition(settings, ticket), nullptr);
}

/// The sample, with a close that asks for a remedy and a document.
settings::Settings sample_with_refunds() {
  const auto add = [](const char* path, nlohmann::json value) {
    return nlohmann::json{{"op", "add"}, {"path", path}, {"value", std::move(value)}};
  };
  return sample_with(
      {add("/remedies", {{{"id", "refund"}}, {{"id", "voucher"}}}),
       add("/workflows/0/transitions/6/requires", {"resolution_code", "note", "remedy", "attachment"}),
       add("/workflows/0/transitions/6/remedy_at_most", 5000)});
}

domain::Remedy refund(std::optional<std::int64_t> amount, const char* currency = "EUR") {
  domain::Remedy remedy{domain::RemedyKind::refund, std::nullopt};
  if (amount) remedy.amount = domain::Money{*amount, currency};
  return remedy;
}

ActionRequest refunding_close() {
  ActionRequest request = action("close");
  request.resolution_code = "refunded";
  request.note = "Money back.";
  request.remedy = refund(5000);
  request.attachment = "Credit note 4711";
  return request;
}

TEST(Decide, ARemedyAndADocumentAreAskedForLikeANote) {
  const auto settings = sample_with_refunds();
  const auto refused = [&](ActionRequest request) {
    return refusal(ticket_in("in_progress"), request, kDepartment, settings);
  };
  ActionRequest request = refunding_close();
  const auto decision = decide(settings, ticket_in("in_progress"), request, kDepartment);
  ASSERT_TRUE(decision.ok()) << decision.error().message;
  EXPECT_EQ(decision->remedy, refund(5000));
  EXPECT_EQ(decision->attachment, "Credit note 4711");

  request.attachment = "";
  EXPECT_EQ(refused(request), "missing_field /attachment");
  request.attachment = std::string(kAttachmentLimit + 1, 'x');
  EXPECT_EQ(refused(request), "too_long /attachment");
  request = refunding_close();
  request.remedy.reset();
  EXPECT_EQ(refused(request), "missing_field /remedy");
  EXPECT_EQ(refusal(ticket_in("in_progress"), refunding_close()), "unexpected_field /remedy")
      << "the sample's own close has no use for it";
  request.attachment.reset();
  request = action("start");
  request.attachment = "Photo 7";
  EXPECT_EQ(refusal(ticket_in("open"), request), "unexpected_field /attachment");
}

TEST(Decide, ARemedyIsOneThatTheChainOffersAndNoMoreThanTheStepMayGive) {
  const auto settings = sample_with_refunds();
  const auto refused = [&](const domain::Remedy& remedy) {
    ActionRequest request = refunding_close();
    request.remedy = remedy;
    return refusal(ticket_in("in_progress"), request, kDepartment, settings);
  };
  EXPECT_EQ(refused(refund(5001)), "too_much /remedy/amount");
  EXPECT_EQ(refused(refund(100, "USD")), "bad_value /remedy/amount/currency");
  EXPECT_EQ(refused(refund(std::nullopt)), "missing_field /remedy/amount");
  EXPECT_EQ(refused({domain::RemedyKind::repair, domain::Money{100, "EUR"}}), "not_offered /remedy/kind");
  EXPECT_EQ(refused(refund(0)), "done");
}

TEST(Decide, CloseWantsResolutionAndNote) {
  ActionRequest request = action("close");
  EXPECT_EQ(refusal(ticket_in("in_progress"), request), "missing_field /resolution_code");
  request.resolution_code = "refunded";
  EXPECT_EQ(refusal(ticket_in("in_progress"), request), "missing_field /note");
  request.note = "";
  EXPECT_EQ(refusal(ticket_in("in_progress"), request), "missing_field /note");
  request.note = "Money back.";
  const auto decision = decide(sample(), ticket_in("in_progress"), request, kDepartment);
  ASSERT_TRUE(decision.ok());
  EXPECT_TRUE(decision->finishes);
  EXPECT_EQ(decision->resolution_code, "refunded");
  EXPECT_EQ(decision->notification, settings::Occasion::closed);
  EXPECT_THAT(types(*decision), ElementsAre("closed", "state_changed"));
  request.resolution_code = "magic";
  EXPECT_EQ(refusal(ticket_in("in_progress"), request), "unknown_option /resolution_code");
}

TEST(Decide, RejectTakesTheTicketForInvalid) {
  ActionRequest request = action("reject");
  request.note = "Bought elsewhere.";
  EXPECT_EQ(refusal(ticket_in("open"), request), "missing_field /reason");
  request.reason = "not_ours";
  const auto decision = decide(sample(), ticket_in("open"), request, kDepartment);
  ASSERT_TRUE(decision.ok());
  EXPECT_EQ(decision->to_state, "rejected");
  EXPECT_EQ(decision->verification, Verification::rejected);
  EXPECT_EQ(decision->rejection_reason, "not_ours");
  EXPECT_EQ(decision->notification, settings::Occasion::rejected);
  EXPECT_TRUE(decision->finishes);
}

TEST(Decide, VerifyLeavesTheStateAsItIs) {
  ActionRequest request = action("verify");
  request.note = "Saw the receipt.";
  const auto decision = decide(sample(), ticket_in("open"), request, kManager);
  ASSERT_TRUE(decision.ok());
  EXPECT_FALSE(decision->state_changes());
  EXPECT_EQ(decision->verification, Verification::verified);
  EXPECT_THAT(types(*decision), ElementsAre("verified"));
}

TEST(Decide, AssignTakesAPersonOrADepartment) {
  TicketState ticket = ticket_in("open");
  ticket.assignee = "u1";
  EXPECT_EQ(refusal(ticket, action("assign")), "missing_field /assignee");
  ActionRequest request = action("assign");
  request.department = "pricing";
  const auto moved = decide(sample(), ticket, request, kDepartment);
  ASSERT_TRUE(moved.ok());
  EXPECT_EQ(moved->department, "pricing");
  EXPECT_TRUE(moved->clears_assignee) << "the old one works elsewhere";
  request.assignee = "u2";
  EXPECT_FALSE(decide(sample(), ticket, request, kDepartment)->clears_assignee);
  request.department = "nobody";
  EXPECT_EQ(refusal(ticket, request), "unknown_option /department");
}

TEST(Decide, AssignNeedsNobodyNamedWhereTheStepNamesTheDepartment) {
  const settings::Settings settings = sample_with(nlohmann::json::parse(
      R"([{"op":"add","path":"/workflows/0/transitions/2/department","value":"pricing"}])"));
  const auto assigned = decide(settings, ticket_in("open"), action("assign"), kDepartment);
  ASSERT_TRUE(assigned.ok());
  EXPECT_EQ(assigned->department, "pricing");
}

TEST(Decide, AMoveThatStaysWhereItIsIsSaidAllTheSame) {
  const settings::Settings settings = sample_with(nlohmann::json::parse(
      R"([{"op":"add","path":"/workflows/0/transitions/-","value":{"id":"still_waiting","action":"move",
           "label":{"en":"Still waiting","de":"Wartet noch"},"from":["in_progress"],"to":"in_progress",
           "who":["department_staff"],"requires":["note"]}}])"));
  ActionRequest request = action("still_waiting");
  request.note = "No answer from the supplier.";
  const auto stays = decide(settings, ticket_in("in_progress"), request, kDepartment);
  ASSERT_TRUE(stays.ok());
  EXPECT_FALSE(stays->state_changes());
  EXPECT_THAT(types(*stays), ElementsAre("state_changed"));
}

TEST(Decide, ReadyAndHandOver) {
  const auto ready = decide(sample(), ticket_in("in_progress"), action("ready"), kDepartment);
  ASSERT_TRUE(ready.ok());
  EXPECT_EQ(ready->to_state, "ready");
  EXPECT_EQ(ready->notification, settings::Occasion::ready_to_collect);
  EXPECT_THAT(types(*ready), ElementsAre("ready_to_collect", "state_changed"));
  const auto handed_over = decide(sample(), ticket_in("ready"), action("hand_over"), kManager);
  ASSERT_TRUE(handed_over.ok());
  EXPECT_EQ(handed_over->to_state, "in_progress");
}

TEST(Decide, ReopenTakesResolutionAndRejectionBack) {
  ActionRequest request = action("reopen");
  EXPECT_EQ(refusal(ticket_in("closed"), request), "missing_field /note");
  request.note = "It broke again.";
  TicketState ticket = ticket_in("rejected");
  ticket.verification = Verification::rejected;
  const auto decision = decide(sample(), ticket, request, kManager);
  ASSERT_TRUE(decision.ok());
  EXPECT_TRUE(decision->clears_resolution);
  EXPECT_EQ(decision->verification, Verification::unverified);
  EXPECT_FALSE(decision->finishes);
}

TEST(Decide, RefusesWhatTheWorkflowDoesNotKnow) {
  EXPECT_EQ(refusal(ticket_in("open"), action("explode")), "unknown_action /action");
  EXPECT_EQ(refusal(ticket_in("open"), action("")), "unknown_action /action");
  EXPECT_EQ(refusal(ticket_in("closed"), action("start")), "transition_not_allowed /action");
  EXPECT_EQ(refusal(ticket_in("open"), action("hand_over")), "transition_not_allowed /action");
  EXPECT_EQ(refusal(ticket_in("open"), action("ready"), kManager), "role_not_allowed /action");
}

TEST(Decide, LeavesAWithdrawnTicketWhereItIs) {
  for (const auto& state : sample().states) {
    TicketState ticket = ticket_in(state.id.c_str());
    ticket.withdrawn = true;
    for (const char* role : {"department_staff", "store_manager", "hq"}) {
      EXPECT_THAT(names(allowed_actions(sample(), ticket, {role})), IsEmpty()) << state.id;
      for (const auto& entry : domain::kEnumNames<settings::Action>) {
        const ActionRequest request = action(std::string(entry.name).c_str());
        EXPECT_EQ(refusal(ticket, request, {role}), "ticket_withdrawn /action")
            << state.id << ' ' << entry.name;
      }
    }
  }
  TicketState ticket = ticket_in("open");
  ticket.withdrawn = true;
  EXPECT_EQ(refusal(ticket, action("explode")), "unknown_action /action");
}

TEST(Decide, RefusesWhatItHasNoUseFor) {
  ActionRequest request = action("start");
  request.resolution_code = "refunded";
  EXPECT_EQ(refusal(ticket_in("open"), request), "unexpected_field /resolution_code");
  request = action("start");
  request.department = "pricing";
  EXPECT_EQ(refusal(ticket_in("open"), request), "unexpected_field /department");
  request = action("start");
  request.note = std::string(20'000, 'x');
  EXPECT_EQ(refusal(ticket_in("open"), request), "too_long /note");
}

TEST(Decide, WaitsForVerificationWhenTheFlowSaysSo) {
  const settings::Settings careful = sample_with(nlohmann::json::parse(
      R"([{"op":"replace","path":"/workflows/0/verification","value":"before_allocation"}])"));
  TicketState ticket = ticket_in("open");
  EXPECT_EQ(refusal(ticket, action("start"), kDepartment, careful), "verification_required /action");
  EXPECT_THAT(names(allowed_actions(careful, ticket, kManager)), ElementsAre("verify"));
  ticket.verification = Verification::verified;
  EXPECT_EQ(refusal(ticket, action("start"), kDepartment, careful), "done");
}

TEST(Decide, WhoNamesAStepNeverTakesAnotherOne) {
  const auto settings = sample_with(nlohmann::json::parse(R"([
      {"op":"replace","path":"/workflows/0/transitions/6/from","value":["in_progress"]},
      {"op":"add","path":"/workflows/0/transitions/-","value":{"id":"close_collected","action":"close",
        "label":{"en":"Collected","de":"Abgeholt"},"from":["ready"],"to":"closed","who":["department_staff"],
        "requires":["resolution_code","note"]}}])"));
  ActionRequest request = action("close");
  request.note = "n";
  request.resolution_code = "refunded";
  EXPECT_EQ(refusal(ticket_in("ready"), request, kDepartment, settings), "transition_not_allowed /action");
  request.action = "close_collected";
  EXPECT_EQ(refusal(ticket_in("ready"), request, kDepartment, settings), "done");
}

}  // namespace
}  // namespace ccms::workflow
