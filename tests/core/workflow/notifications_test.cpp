#include "core/workflow/notifications.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/settings/sample_settings.h"

namespace ccms::workflow {
namespace {

using settings::Occasion;
using settings::testing::sample;
using settings::testing::sample_with;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

NotificationFacts customer() {
  NotificationFacts facts;
  facts.language = "de";
  facts.department = "repairs";
  facts.customer_mobile = "+49 171 3920012";
  facts.customer_email = "mia@example.org";
  return facts;
}

std::vector<std::string> sends(Occasion occasion, const NotificationFacts& facts,
                               const settings::Settings& settings = sample()) {
  std::vector<std::string> out;
  for (const Send& send : sends_for(settings, {occasion, ""}, facts)) {
    out.push_back(std::string(domain::to_text(send.channel)) + " " + send.address + " " +
                  send.message_template->id + " " + send.language);
  }
  return out;
}

TEST(Sends, GoToCustomerAndDepartment) {
  EXPECT_THAT(
      sends(Occasion::created, customer()),
      ElementsAre("sms +49 171 3920012 customer_created de", "email mia@example.org customer_created de",
                  "email repairs@nordmarkt.example department_created en"));
  EXPECT_THAT(sends(Occasion::closed, customer()), ElementsAre("sms +49 171 3920012 customer_closed de",
                                                               "email mia@example.org customer_closed de"));
}

TEST(Sends, NeedAnAddress) {
  NotificationFacts facts = customer();
  facts.customer_email.clear();
  facts.department.clear();
  EXPECT_THAT(sends(Occasion::created, facts), ElementsAre("sms +49 171 3920012 customer_created de"));
}

TEST(Sends, NothingForTraining) {
  NotificationFacts facts = customer();
  facts.training = true;
  EXPECT_THAT(sends(Occasion::created, facts), IsEmpty());
}

TEST(Sends, NothingToWhoDidNotConsentOrStaysAnonymous) {
  NotificationFacts facts = customer();
  facts.consent_to_contact = false;
  EXPECT_THAT(sends(Occasion::closed, facts), IsEmpty());
  facts = customer();
  facts.anonymous = true;
  EXPECT_THAT(sends(Occasion::created, facts),
              ElementsAre("email repairs@nordmarkt.example department_created en"));
}

TEST(Sends, AChainThatDoesNotAskForConsentWritesAnyway) {
  const settings::Settings settings = sample_with(nlohmann::json::parse(
      R"([{"op":"replace","path":"/builtin_fields/consent_to_contact/shown","value":false}])"));
  NotificationFacts facts = customer();
  facts.consent_to_contact = false;
  EXPECT_EQ(sends(Occasion::closed, facts, settings).size(), 2U);
}

TEST(Sends, FallBackToTheChainsLanguage) {
  NotificationFacts facts = customer();
  facts.language = "fr";
  facts.customer_email.clear();
  EXPECT_THAT(sends(Occasion::closed, facts), ElementsAre("sms +49 171 3920012 customer_closed en"));
}

settings::Text english(const char* text) {
  return settings::Text(std::vector<settings::Text::Translation>{{"en", text}});
}

settings::MessageTemplate message(const char* subject, const char* body) {
  return {"t", english(subject), english(body)};
}

TEST(Render, FillsPlaceholders) {
  const Rendered rendered = render(message("Ticket {{code}}", "{{customer_name}}: {{code}}{{reason}}."), "en",
                                   {{"code", "ABCD"}, {"customer_name", "Mia"}});
  EXPECT_EQ(rendered.subject, "Ticket ABCD");
  EXPECT_EQ(rendered.body, "Mia: ABCD.") << "no value, no text";
}

TEST(Render, DoesNotLookAtValuesAgain) {
  const Rendered rendered =
      render(message("", "{{details}}"), "en", {{"details", "{{code}} <b>&"}, {"code", "SECRET"}});
  EXPECT_EQ(rendered.body, "{{code}} <b>&");
}

TEST(Render, KeepsTheSubjectOnOneLine) {
  const Rendered rendered = render(message("Re: {{customer_name}}", "{{customer_name}}"), "en",
                                   {{"customer_name", "Mia\r\nBcc: all@example.org"}});
  EXPECT_EQ(rendered.subject, "Re: Mia  Bcc: all@example.org");
  EXPECT_EQ(rendered.body, "Mia\r\nBcc: all@example.org");
}

TEST(Render, EveryTemplateOfTheSampleInEveryLanguage) {
  for (const settings::MessageTemplate& tested : sample().notifications.templates) {
    for (const std::string& language : sample().form.languages) {
      const Rendered rendered = render(tested, language, {{"code", "ABCD-EFGH-JKMN"}});
      EXPECT_NE(rendered.body.find("ABCD-EFGH-JKMN"), std::string::npos) << tested.id << " " << language;
      EXPECT_EQ(rendered.body.find("{{"), std::string::npos) << tested.id << " " << language;
    }
  }
}

}  // namespace
}  // namespace ccms::workflow
