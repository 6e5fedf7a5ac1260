#include "core/settings/remedies.h"

#include <gtest/gtest.h>

namespace ccms::settings {
namespace {

using domain::RemedyKind;

FormSettings limits() {
  FormSettings settings;
  settings.currency = "EUR";
  settings.remedies = {{RemedyKind::refund, 5'000, 10'000},
                       {RemedyKind::voucher, std::nullopt, 2'000},
                       {RemedyKind::apology, std::nullopt, std::nullopt}};
  return settings;
}

domain::Settled giving(RemedyKind kind, std::optional<std::int64_t> amount) {
  domain::Settled settlement{domain::ReasonId("refunded"), "Money back."};
  settlement.remedy = domain::Remedy{kind, std::nullopt};
  if (amount) settlement.remedy->amount = domain::Money{*amount, "EUR"};
  return settlement;
}

std::string refusal(const FormSettings& settings, const domain::Settled& settlement) {
  auto checked = check_remedy(settings, settlement);
  if (checked) checked = check_approval(settings, settlement, {"c1", "Mia"});
  return checked ? "" : checked.error().code + " " + checked.error().field;
}

TEST(Remedies, WithoutLimitsEverythingIsGivenInTheChainsCurrency) {
  FormSettings settings;
  settings.currency = "EUR";
  EXPECT_EQ(refusal(settings, giving(RemedyKind::repair, 1'000'000)), "");
  auto dollars = giving(RemedyKind::repair, 1);
  dollars.remedy->amount->currency = "USD";
  EXPECT_EQ(refusal(settings, dollars), "bad_value /remedy/amount/currency");
}

TEST(Remedies, ASettlementNeedsNone) {
  EXPECT_EQ(refusal(limits(), {domain::ReasonId("informed"), "Explained."}), "");
}

TEST(Remedies, WhatIsNotListedIsNotGiven) {
  EXPECT_EQ(refusal(limits(), giving(RemedyKind::exchange, std::nullopt)), "not_offered /remedy/kind");
}

TEST(Remedies, LimitsAreToTheMinorUnitAndNeedAnAmount) {
  EXPECT_EQ(refusal(limits(), giving(RemedyKind::voucher, 2'000)), "");
  EXPECT_EQ(refusal(limits(), giving(RemedyKind::voucher, 2'001)), "too_much /remedy/amount");
  EXPECT_EQ(refusal(limits(), giving(RemedyKind::voucher, std::nullopt)), "missing_field /remedy/amount");
  EXPECT_EQ(refusal(limits(), giving(RemedyKind::apology, std::nullopt)), "");
}

TEST(Remedies, MuchTakesTheWordOfSomebodyElse) {
  auto much = giving(RemedyKind::refund, 5'001);
  EXPECT_FALSE(needs_approval(limits(), giving(RemedyKind::refund, 5'000)));
  EXPECT_TRUE(needs_approval(limits(), much));
  EXPECT_EQ(refusal(limits(), much), "approval_needed /approved_by");
  much.approved_by = domain::Clerk{"c1", "Mia"};
  EXPECT_EQ(refusal(limits(), much), "self_approval /approved_by");
  much.approved_by = domain::Clerk{"m1", "Ada"};
  EXPECT_EQ(refusal(limits(), much), "");
}

}  // namespace
}  // namespace ccms::settings
