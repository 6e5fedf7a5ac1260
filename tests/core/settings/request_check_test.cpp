#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "core/settings/form.h"
#include "tests/core/settings/request_builder.h"
#include "tests/core/settings/sample_settings.h"

namespace ccms::settings {
namespace {

using domain::ComplainantKind;
using domain::CustomValue;
using domain::TicketRequest;
using testing::good_request;
using testing::sample;
using testing::sample_with;
using testing::set_custom;

std::vector<std::string> errors(const Settings& settings, const TicketRequest& request,
                                Screen screen = Screen::till) {
  std::vector<std::string> out;
  for (const domain::Error& error : validate_request(settings.form, request, screen)) {
    EXPECT_FALSE(error.message.empty());
    out.push_back(error.code + " " + error.field);
  }
  return out;
}

TEST(RequestCheck, AcceptsAGoodRequest) {
  EXPECT_THAT(errors(sample(), good_request()), ::testing::IsEmpty());
}

TEST(RequestCheck, ReportsEveryFieldAtOnce) {
  TicketRequest request = good_request();
  request.content.ticket.details.clear();
  request.content.ticket.category.reset();
  request.content.complainant.email = "nobody";
  EXPECT_THAT(errors(sample(), request), ::testing::UnorderedElementsAre("missing_field /ticket/details",
                                                                         "missing_field /ticket/category",
                                                                         "bad_value /complainant/email"));
}

struct Case {
  const char* name;
  std::function<void(TicketRequest&)> change;
  const char* expected;  ///< the one error, or "" for none
};

void PrintTo(const Case& tested, std::ostream* out) { *out << tested.name; }

class RequestCheckCase : public ::testing::TestWithParam<Case> {};

TEST_P(RequestCheckCase, NamesTheField) {
  TicketRequest request = good_request();
  GetParam().change(request);
  if (*GetParam().expected == '\0') {
    EXPECT_THAT(errors(sample(), request), ::testing::IsEmpty());
  } else {
    EXPECT_THAT(errors(sample(), request), ::testing::ElementsAre(GetParam().expected));
  }
}

std::function<void(TicketRequest&)> custom(const char* field, CustomValue value) {
  return [=](TicketRequest& request) { set_custom(request, field, value); };
}

std::function<void(TicketRequest&)> custom_in(const char* category, const char* field, CustomValue value) {
  return [=](TicketRequest& request) {
    request.content.ticket.category = domain::CategoryId(category);
    set_custom(request, field, value);
  };
}

using Texts = std::vector<std::string>;

INSTANTIATE_TEST_SUITE_P(
    Builtin, RequestCheckCase,
    ::testing::Values(
        Case{"unknown_department",
             [](auto& r) { r.content.ticket.department = domain::DepartmentId("nobody"); },
             "unknown_option /ticket/department"},
        Case{"unknown_priority", [](auto& r) { r.content.ticket.priority = domain::PriorityId("now"); },
             "unknown_option /ticket/priority"},
        Case{"unknown_category", [](auto& r) { r.content.ticket.category = domain::CategoryId("weather"); },
             "unknown_option /ticket/category"},
        Case{"category_of_another_kind",
             [](auto& r) { r.content.ticket.category = domain::CategoryId("assortment"); },
             "bad_value /ticket/category"},
        Case{"unknown_store", [](auto& r) { r.content.ticket.collect_at = domain::StoreId("S099"); },
             "unknown_option /ticket/collect_at"},
        Case{"details_too_long", [](auto& r) { r.content.ticket.details = std::string(20'000, 'x'); },
             "too_long /ticket/details"},
        Case{"anonymous_with_a_name",
             [](auto& r) { r.content.complainant.kind = ComplainantKind::anonymous; },
             "hidden_field /complainant/name"},
        Case{"organisation_without_its_name",
             [](auto& r) { r.content.complainant.kind = ComplainantKind::organisation; },
             "missing_field /complainant/organisation"},
        Case{"person_with_an_organisation", [](auto& r) { r.content.complainant.organisation = "Acme"; },
             "hidden_field /complainant/organisation"},
        Case{"empty_name", [](auto& r) { r.content.complainant.name = ""; },
             "missing_field /complainant/name"},
        Case{"mobile_too_long", [](auto& r) { r.content.complainant.mobile = std::string(33, '1'); },
             "too_long /complainant/mobile"},
        Case{"proof_without_transaction", [](auto& r) { r.content.transaction.reset(); },
             "missing_field /transaction"},
        Case{"no_proof_and_no_reason", [](auto& r) { r.content.proof.kind = domain::ProofKind::none; },
             "missing_field /proof/reason"},
        Case{"no_proof_for_an_unknown_reason",
             [](auto& r) {
               r.content.proof = {domain::ProofKind::none, domain::ReasonId("dog")};
             },
             "unknown_option /proof/reason"},
        Case{"reason_besides_a_proof", [](auto& r) { r.content.proof.reason = domain::ReasonId("gift"); },
             "hidden_field /proof/reason"}),
    [](const auto& tested) { return tested.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Custom, RequestCheckCase,
    ::testing::Values(
        Case{"text", custom("serial_number", std::string("SN-1")), ""},
        Case{"text_too_long", custom("serial_number", std::string(41, 'x')),
             "too_long /ticket/custom/serial_number"},
        Case{"text_of_forty_wide_characters",
             custom("serial_number", std::string("éééééééééééééééééééééééééééééééééééééééé")), ""},
        Case{"text_as_number", custom("serial_number", 5.0), "wrong_type /ticket/custom/serial_number"},
        Case{"unknown_field", custom("shoe_size", 5.0), "unknown_field /ticket/custom/shoe_size"},
        Case{"retired_field", custom("fax_number", std::string("1")),
             "hidden_field /ticket/custom/fax_number"},
        Case{"console_field_at_the_till", custom("supplier_reference", std::string("1")),
             "hidden_field /ticket/custom/supplier_reference"},
        Case{"field_that_is_not_visible", custom("missing_count", 3.0),
             "hidden_field /ticket/custom/missing_count"},
        Case{"number", custom_in("missing_item", "missing_count", 3.0), ""},
        Case{"number_too_small", custom_in("missing_item", "missing_count", 0.0),
             "out_of_range /ticket/custom/missing_count"},
        Case{"number_too_large", custom_in("missing_item", "missing_count", 1000.0),
             "out_of_range /ticket/custom/missing_count"},
        Case{"money", custom_in("wrong_price", "amount_disputed", domain::Money{1999, "EUR"}), ""},
        Case{"money_in_another_currency",
             custom_in("wrong_price", "amount_disputed", domain::Money{1999, "USD"}),
             "bad_value /ticket/custom/amount_disputed/currency"},
        Case{"money_too_small", custom_in("wrong_price", "amount_disputed", domain::Money{0, "EUR"}),
             "out_of_range /ticket/custom/amount_disputed/amount"},
        Case{"money_as_a_number", custom_in("wrong_price", "amount_disputed", 1999.0),
             "wrong_type /ticket/custom/amount_disputed"},
        Case{"date", custom("purchase_date", std::string("2026-11-21")), ""},
        Case{"date_that_does_not_exist", custom("purchase_date", std::string("2026-02-30")),
             "bad_value /ticket/custom/purchase_date"},
        Case{"choice", custom("compensation_wish", std::string("voucher")), ""},
        Case{"unknown_choice", custom("compensation_wish", std::string("gold")),
             "unknown_option /ticket/custom/compensation_wish"},
        Case{"retired_choice", custom("compensation_wish", std::string("stamps")),
             "retired_option /ticket/custom/compensation_wish"},
        Case{"choices", custom("contact_times", Texts{"morning", "evening"}), ""},
        Case{"one_wrong_choice", custom("contact_times", Texts{"morning", "night"}),
             "unknown_option /ticket/custom/contact_times/1"},
        Case{"choice_twice", custom("contact_times", Texts{"morning", "morning"}),
             "duplicate_value /ticket/custom/contact_times/1"},
        Case{"choices_as_text", custom("contact_times", std::string("morning")),
             "wrong_type /ticket/custom/contact_times"},
        Case{"yes_no", custom_in("spoiled_food", "felt_unwell", false), ""},
        Case{"yes_no_as_text", custom_in("spoiled_food", "felt_unwell", std::string("yes")),
             "wrong_type /ticket/custom/felt_unwell"},
        Case{"required_field_missing",
             [](auto& r) { r.content.ticket.category = domain::CategoryId("spoiled_food"); },
             "missing_field /ticket/custom/felt_unwell"}),
    [](const auto& tested) { return tested.param.name; });

TEST(RequestCheck, FollowsAChainOfConditions) {
  TicketRequest request = good_request();
  request.content.ticket.category = domain::CategoryId("spoiled_food");
  set_custom(request, "felt_unwell", true);
  set_custom(request, "allergy", std::string("Nuts"));
  EXPECT_THAT(errors(sample(), request), ::testing::IsEmpty());
  set_custom(request, "felt_unwell", false);
  EXPECT_THAT(errors(sample(), request), ::testing::ElementsAre("hidden_field /ticket/custom/allergy"));
}

TEST(RequestCheck, KnowsWhichScreenAsks) {
  TicketRequest request = good_request();
  set_custom(request, "supplier_reference", std::string("X-1"));
  EXPECT_THAT(errors(sample(), request, Screen::console), ::testing::IsEmpty());
}

TEST(RequestCheck, HiddenDepartmentIsNotAskedFor) {
  const Settings settings = sample_with(nlohmann::json::parse(R"([
      {"op":"replace","path":"/builtin_fields/department/use","value":"hidden"},
      {"op":"remove","path":"/routing/rules/10"}])"));
  TicketRequest request = good_request();
  EXPECT_THAT(errors(settings, request), ::testing::IsEmpty());
  request.content.ticket.department = domain::DepartmentId("repairs");
  EXPECT_THAT(errors(settings, request), ::testing::ElementsAre("hidden_field /ticket/department"));
}

TEST(RequestCheck, RetiredDepartmentsAreNotOffered) {
  const Settings settings = sample_with(nlohmann::json::parse(R"([
      {"op":"replace","path":"/routing/rules/0/department","value":"customer_care"},
      {"op":"add","path":"/departments/6/retired","value":true}])"));
  TicketRequest request = good_request();
  request.content.ticket.department = domain::DepartmentId("people");
  EXPECT_THAT(errors(settings, request), ::testing::ElementsAre("retired_option /ticket/department"));
}

TEST(RequestCheck, ContactDetailsCanBeRequiredOfAllButTheAnonymous) {
  const Settings settings = sample_with(nlohmann::json::parse(R"([
      {"op":"replace","path":"/builtin_fields/mobile/required","value":true},
      {"op":"replace","path":"/builtin_fields/email/required","value":true},
      {"op":"replace","path":"/builtin_fields/name/required","value":true},
      {"op":"replace","path":"/builtin_fields/priority/required","value":true}])"));
  TicketRequest request = good_request();
  EXPECT_THAT(errors(settings, request), ::testing::UnorderedElementsAre("missing_field /complainant/mobile",
                                                                         "missing_field /complainant/email",
                                                                         "missing_field /ticket/priority"));
  request.content.complainant = {};
  EXPECT_THAT(errors(settings, request), ::testing::ElementsAre("missing_field /ticket/priority"));
}

TEST(RequestCheck, QuestionsThatAreNotAskedHaveNoAnswers) {
  const Settings settings = sample_with(nlohmann::json::parse(R"([
      {"op":"replace","path":"/builtin_fields/outcome_sought/shown","value":false},
      {"op":"replace","path":"/builtin_fields/consent_to_contact/shown","value":false}])"));
  TicketRequest request = good_request();
  request.content.ticket.outcome_sought = domain::OutcomeSought::refund;
  EXPECT_THAT(errors(settings, request),
              ::testing::UnorderedElementsAre("hidden_field /ticket/outcome_sought",
                                              "hidden_field /ticket/consent_to_contact"));
}

}  // namespace
}  // namespace ccms::settings
