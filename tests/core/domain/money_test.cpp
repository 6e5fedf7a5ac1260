#include "core/domain/money.h"

#include <gtest/gtest.h>

#include "core/domain/transaction.h"

namespace ccms::domain {
namespace {

TEST(Quantity, KeepsItsSpellingAndComparesByValue) {
  const auto kilos = Quantity::parse("0.250");
  ASSERT_TRUE(kilos);
  EXPECT_EQ(kilos->str(), "0.250");
  EXPECT_EQ(kilos->micros(), 250'000);
  EXPECT_EQ(*kilos, *Quantity::parse("0.25"));
  EXPECT_LT(*Quantity::parse("-12"), *Quantity::parse("2"));
  EXPECT_LT(*Quantity::parse("9"), *Quantity::parse("10"));
  EXPECT_EQ(Quantity::parse("29945")->micros(), 29'945'000'000);
  EXPECT_EQ(Quantity::parse("999999999.999999")->micros(), 999'999'999'999'999);
  EXPECT_EQ(Quantity().micros(), 0);
}

TEST(Quantity, OtherSpellingsAreRefused) {
  for (const char* text :
       {"",    "-",  ".",  "1.",  ".5",    "01",         "00",        "+1",  "-0",  "-0.000",  "1e3",
        "1,5", "1 ", " 1", "--1", "1.2.3", "1234567890", "1.2345678", "0x1", "NaN", "\xD9\xA1"}) {
    EXPECT_FALSE(Quantity::parse(text)) << text;
  }
}

TEST(Money, CurrencyCodesAreThreeCapitals) {
  EXPECT_TRUE(is_currency_code("EUR"));
  for (const char* text : {"", "EU", "EURO", "eur", "E1R"}) EXPECT_FALSE(is_currency_code(text)) << text;
}

TEST(TransactionValue, IsTheTotalElseTheSumOfLinesInOneCurrency) {
  Transaction transaction;
  EXPECT_FALSE(transaction_value(transaction));
  TransactionLine line;
  line.amount = {500, "EUR"};
  transaction.lines = {line, line};
  EXPECT_EQ(transaction_value(transaction), (Money{1000, "EUR"}));
  transaction.lines[1].amount.currency = "USD";
  EXPECT_FALSE(transaction_value(transaction));
  transaction.total = Money{999, "EUR"};
  EXPECT_EQ(transaction_value(transaction), (Money{999, "EUR"}));
}

TEST(TransactionValue, NeverOverflows) {
  Transaction transaction;
  TransactionLine line;
  line.amount = {kMoneyLimit, "EUR"};
  transaction.lines.assign(3000, line);
  EXPECT_FALSE(transaction_value(transaction));
}

}  // namespace
}  // namespace ccms::domain
