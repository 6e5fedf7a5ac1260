#include "server/verification/verification.h"

#include <gtest/gtest.h>

#include <functional>

#include "tests/server/support/fake_till.h"

namespace ccms::server {
namespace {

using workflow::Verification;

constexpr int kClaimWithinDays = 730;

/// A purchase that is in the books exactly as the ticket has it; tests bend one or the other.
class VerificationTest : public ::testing::Test {
 protected:
  VerificationTest() {
    content.transaction->till = domain::TillId("S001-T1");
    evidence.transaction = content.transaction;
    for (auto& line : evidence.transaction->lines) line.affected_quantity.reset();
  }

  VerificationResult result() const {
    return verify_purchase(content, content.transaction->at + std::chrono::hours(24), evidence, claimed,
                           kClaimWithinDays);
  }
  Verification state() const { return result().state; }
  CheckOutcome outcome_of(const std::string& name) const {
    for (const auto& check : result().checks)
      if (check.check == name) return check.outcome;
    ADD_FAILURE() << "no check " << name;
    return CheckOutcome::unknown;
  }
  domain::Transaction& stated() { return *content.transaction; }
  domain::Transaction& booked() { return *evidence.transaction; }

  domain::TicketContent content = test::purchase_content("R-1");
  PurchaseEvidence evidence;
  ClaimedQuantities claimed;
};

TEST_F(VerificationTest, WhatTheBooksHaveLikeThisIsVerified) {
  EXPECT_EQ(state(), Verification::verified);
  for (const auto& check : result().checks) EXPECT_EQ(check.outcome, CheckOutcome::pass) << check.check;
}

TEST_F(VerificationTest, AReceiptThatTheBooksDoNotHaveIsPendingHoweverItWasShown) {
  evidence = {};
  for (const auto proof : {domain::ProofKind::looked_up, domain::ProofKind::typed}) {
    content.proof.kind = proof;
    EXPECT_EQ(state(), Verification::pending);
  }
}

TEST_F(VerificationTest, AReceiptNumberAloneProvesNothing) {
  content.proof.kind = domain::ProofKind::typed;
  content.customer.reset();
  stated().customer_id.reset();
  stated().total.reset();
  stated().lines.clear();
  EXPECT_EQ(state(), Verification::unverified);
  EXPECT_EQ(outcome_of("lines"), CheckOutcome::unknown);
}

TEST_F(VerificationTest, ACustomerWhomTheBooksCannotConfirmIsNotVerified) {
  booked().customer_id.reset();
  EXPECT_EQ(state(), Verification::unverified);
}

TEST_F(VerificationTest, WhoShowsTheReceiptNeedNotSayWhoTheyAre) {
  content.customer.reset();
  stated().customer_id.reset();
  EXPECT_EQ(state(), Verification::verified);
}

TEST_F(VerificationTest, EachContradictionIsAMismatch) {
  const auto contradiction = [this](const std::string& check,
                                    const std::function<void(domain::Transaction&)>& bend) {
    const auto before = evidence;
    bend(booked());
    EXPECT_EQ(state(), Verification::mismatch) << check;
    EXPECT_EQ(outcome_of(check), CheckOutcome::fail) << check;
    evidence = before;
  };
  contradiction("type", [](auto& t) { t.type = domain::TransactionType::return_; });
  contradiction("time", [](auto& t) { t.at += kReceiptTimeTolerance + std::chrono::seconds(1); });
  contradiction("time", [](auto& t) { t.at -= kReceiptTimeTolerance + std::chrono::seconds(1); });
  contradiction("till", [](auto& t) { t.till = domain::TillId("S001-T2"); });
  contradiction("customer", [](auto& t) { t.customer_id = domain::CustomerId("C2"); });
  contradiction("lines", [](auto& t) { t.lines[0].amount.amount += 1; });
  contradiction("lines", [](auto& t) { t.lines[0].amount.currency = "JPY"; });
  contradiction("lines", [](auto& t) { t.lines[1].product_id = "P-COFFEE"; });
  contradiction("total", [](auto& t) { t.total->amount += 1; });
  contradiction("total", [](auto& t) { t.total->currency = "JPY"; });
  contradiction("policy", [](auto& t) { t.at -= std::chrono::days(kClaimWithinDays + 1); });
}

TEST_F(VerificationTest, RegistersAndBooksMayDifferByMinutes) {
  booked().at += kReceiptTimeTolerance;
  EXPECT_EQ(state(), Verification::verified);
}

TEST_F(VerificationTest, ATypedReceiptNamesADayAndAProductInWordsOfItsOwn) {
  content.proof.kind = domain::ProofKind::typed;
  booked().at += std::chrono::hours(2);
  EXPECT_EQ(state(), Verification::verified);
  stated().lines = {
      {1, "typed", "The kettle", domain::Quantity::parse("1").value(), {5998, "EUR"}, {}, {}, {}}};
  EXPECT_EQ(state(), Verification::unverified);
  booked().at += std::chrono::days(1);
  EXPECT_EQ(state(), Verification::mismatch);
}

TEST_F(VerificationTest, WhatTheBooksDoNotKnowOfATillIsNoReasonToDoubt) {
  booked().till.reset();
  EXPECT_EQ(state(), Verification::verified);
}

TEST_F(VerificationTest, WhatWasGivenBackOrIsClaimedIsNotClaimedAgain) {
  auto back = booked();
  back.type = domain::TransactionType::return_;
  evidence.returns = {back};
  EXPECT_EQ(outcome_of("not_returned"), CheckOutcome::fail);
  evidence.returns.clear();
  claimed["P-KETTLE"] = 1'000'000;
  EXPECT_EQ(state(), Verification::verified) << "two were bought";
  claimed["P-KETTLE"] = 2'000'000;
  EXPECT_EQ(outcome_of("not_claimed"), CheckOutcome::fail);
}

}  // namespace
}  // namespace ccms::server
