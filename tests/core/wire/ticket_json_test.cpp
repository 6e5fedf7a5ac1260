#include "core/wire/ticket_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/core/wire/sample_captures.h"

namespace ccms::wire {
namespace {

using Json = nlohmann::ordered_json;
using testing::ElementsAre;
using testing::IsEmpty;

domain::TicketRequest till_request() {
  domain::TicketRequest request;
  request.form_id = domain::FormId("019a9f2b-7aaa-7abc-8def-0123456789ab");
  request.accept_duplicate = true;
  request.clerk = domain::Clerk{"c17", "Mia"};
  request.content = std::get<domain::Created>(test::sample_created().body).content;
  return request;
}

domain::TicketRequest api_request() {
  domain::TicketRequest request = till_request();
  request.form_id.reset();
  request.clerk.reset();
  request.accept_duplicate = false;
  request.store = domain::StoreId("S002");
  return request;
}

std::vector<std::string> problems(const Json& json, RequestOrigin origin = RequestOrigin::till) {
  std::vector<std::string> out;
  for (const auto& error : parse_ticket_request(json.dump(), origin).errors)
    out.push_back(error.code + " " + error.field);
  return out;
}

TEST(TicketRequest, IsReadBackFromEitherOrigin) {
  const auto till = parse_ticket_request(to_json(till_request()).dump(), RequestOrigin::till);
  ASSERT_TRUE(till) << till.errors.front().field;
  EXPECT_EQ(*till, till_request());
  const auto api = parse_ticket_request(to_json(api_request()).dump(), RequestOrigin::api);
  ASSERT_TRUE(api) << api.errors.front().field;
  EXPECT_EQ(*api, api_request());
}

TEST(TicketRequest, WhatPeopleMayLeaveOutIsFalseOrEmpty) {
  const auto parsed = parse_ticket_request(
      R"({"language":"en","kind":"service","ticket":{"details":"Please sharpen"},"complainant":{"kind":"anonymous"},
          "customer":{"name":"Mia"},"proof":{"kind":"none","reason":"no_purchase"}})",
      RequestOrigin::api);
  ASSERT_TRUE(parsed) << parsed.errors.front().field;
  EXPECT_FALSE(parsed->accept_duplicate);
  EXPECT_FALSE(parsed->content.ticket.consent_to_contact);
  EXPECT_FALSE(parsed->content.ticket.confidential);
  EXPECT_TRUE(parsed->content.ticket.custom.empty());
  EXPECT_TRUE(parsed->content.customer->identifiers.empty());
}

TEST(TicketRequest, ATillNamesFormAndClerkAndTheApiNeitherClerkNorTillMembers) {
  Json json = to_json(till_request());
  json.erase("form_id");
  json.erase("clerk");
  EXPECT_THAT(problems(json), ElementsAre("missing_field /form_id", "missing_field /clerk"));
  EXPECT_THAT(problems(to_json(till_request()), RequestOrigin::api), ElementsAre("unknown_field /clerk"));
  Json with_store = to_json(till_request());
  with_store["store"] = "S002";
  EXPECT_THAT(problems(with_store), ElementsAre("unknown_field /store"));
}

TEST(TicketRequest, EveryProblemIsNamedWhereItStands) {
  Json json = to_json(till_request());
  json["ticket"].erase("details");
  json["ticket"]["prioritty"] = "high";
  json["complainant"]["mobile"] = 151;
  json["customer"]["identifiers"][1]["value"] = "";
  EXPECT_THAT(problems(json),
              ElementsAre("missing_field /ticket/details", "unknown_field /ticket/prioritty",
                          "wrong_type /complainant/mobile", "bad_value /customer/identifiers/1/value"));
}

TEST(TicketRequest, CustomValuesAreHeldToTheirKindsAlone) {
  const auto with = [](const Json& value) {
    Json json = to_json(till_request());
    json["ticket"]["custom"] = {{"field", value}};
    return problems(json);
  };
  for (const Json& value : {Json(""), Json(3), Json(-2.5), Json(false), Json::array(),
                            Json::array({"a", "b"}), Json{{"amount", 5}, {"currency", "EUR"}}}) {
    EXPECT_THAT(with(value), IsEmpty()) << value;
  }
  EXPECT_THAT(with(Json()), ElementsAre("wrong_type /ticket/custom/field"));
  EXPECT_THAT(with(Json::array({"a", 1})), ElementsAre("wrong_type /ticket/custom/field/1"));
  EXPECT_THAT(with(Json::array({Json::array()})), ElementsAre("wrong_type /ticket/custom/field/0"));
  EXPECT_THAT(with(Json{{"amount", 5}}), ElementsAre("missing_field /ticket/custom/field/currency"));
  Json json = to_json(till_request());
  json["ticket"]["custom"] = {{"no id!", 1}};
  EXPECT_THAT(problems(json), ElementsAre("bad_value /ticket/custom/no id!"));
  json["ticket"]["custom"] = Json::object();
  for (int i = 0; i < 101; ++i) json["ticket"]["custom"]["f" + std::to_string(i)] = i;
  EXPECT_THAT(problems(json), ElementsAre("too_long /ticket/custom"));
}

TEST(ContentChanges, AreReadBackAndNamedUnderTheirPlace) {
  for (const auto& [name, capture] : test::sample_captures()) {
    const auto* amended = std::get_if<domain::Amended>(&capture.body);
    if (amended == nullptr) continue;
    const auto parsed = parse_content_changes(to_json(amended->changes).dump());
    ASSERT_TRUE(parsed) << name;
    EXPECT_EQ(*parsed, amended->changes);
  }
  const auto wrong = parse_content_changes(R"({"ticket":{"details":null}})", "/changes");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.errors.front().field, "/changes/ticket/details");
}

TEST(StoredText, OfEveryPartIsReadBack) {
  const domain::TicketContent content = till_request().content;
  EXPECT_EQ(ticket_fields_from_text(to_text(to_json(content.ticket))), content.ticket);
  EXPECT_EQ(custom_values_from_text(to_text(to_json(content.ticket.custom))), content.ticket.custom);
  EXPECT_EQ(complainant_from_text(to_text(to_json(content.complainant))), content.complainant);
  EXPECT_EQ(customer_from_text(to_text(to_json(*content.customer))), content.customer);
  EXPECT_EQ(transaction_from_text(to_text(to_json(*content.transaction))), content.transaction);
  EXPECT_EQ(proof_from_text(to_text(to_json(content.proof))), content.proof);
  EXPECT_FALSE(complainant_from_text("{\"kind\":"));
  EXPECT_FALSE(proof_from_text(""));
}

TEST(StoredText, NumbersKeepTheirValue) {
  for (double number : {0.0, -0.0, 1.0, -7.0, 0.1, 1e15, -1e15, 1e-300, 123456.789, 999999999999999.0}) {
    const domain::CustomValues values = {{domain::FieldId("n"), number}};
    EXPECT_EQ(custom_values_from_text(to_text(to_json(values))), values) << number;
  }
  EXPECT_EQ(to_text(to_json(domain::CustomValue(2.0))), "2");
}

TEST(LookedUp, TransactionsAndCustomersAreReadByThemselves) {
  const domain::TicketContent content = till_request().content;
  EXPECT_EQ(*parse_transaction(to_json(*content.transaction).dump()), *content.transaction);
  EXPECT_EQ(*parse_customer(to_json(*content.customer).dump()), *content.customer);
  EXPECT_EQ(parse_transaction("[]").errors.front().code, "wrong_type");
}

TEST(Actors, AreWrittenWithTheirType) {
  EXPECT_EQ(to_text(to_json(domain::Actor{domain::ActorType::staff, "u1", "Kim"})),
            R"({"type":"staff","id":"u1","name":"Kim"})");
}

}  // namespace
}  // namespace ccms::wire
