#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/server/cli/program.h"
#include "tests/server/support/staff_server.h"
#include "tests/support/services/text_file.h"

namespace ccms::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

class SettingsCommand : public OnBothDatabases {
 protected:
  static std::string with_name(const std::string& name) {
    json document = json::parse(sample_settings());
    document["name"] = name;
    return document.dump(2) + "\n\n";
  }
  std::string file(const std::string& name, const std::string& bytes) {
    return folder_.write(name, bytes).string();
  }
  Said settings(std::vector<std::string> words) const {
    words.insert(words.begin(), "settings");
    return ccms_(std::move(words));
  }

 private:
  TempFolder folder_;
  Program ccms_{server.config()};
};

TEST_P(SettingsCommand, WhatIsExportedIsWhatWasImportedByteForByte) {
  const std::string document = with_name("Südmarkt");
  EXPECT_EQ(settings({"import", file("a.json", document)}).out, "draft saved\n");
  EXPECT_EQ(settings({"export", "draft"}).out, document);
  const Said published = settings({"publish", "--note", "another name"});
  EXPECT_EQ(published.out, "version 2\n") << published.err;
  EXPECT_EQ(settings({"export"}).out, document);
  EXPECT_EQ(settings({"export", "1"}).out, sample_settings());
  const std::string output = file("out.json", "");
  EXPECT_EQ(settings({"export", "2", "--output", output}).exit_code, 0);
  EXPECT_EQ(read_text(output), document);
  EXPECT_EQ(settings({"export", "draft"}).err, "there is no draft\n");
  EXPECT_EQ(settings({"export", "7"}).err, "there is no version 7\n");
}

TEST_P(SettingsCommand, ImportingLeavesADraftOfSomebodyElseAlone) {
  ASSERT_EQ(settings({"import", file("a.json", with_name("A"))}).exit_code, 0);
  const Said refused = settings({"import", file("b.json", with_name("B"))});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, StartsWith("command line is writing a draft"));
  EXPECT_EQ(settings({"export", "draft"}).out, with_name("A"));
  EXPECT_EQ(settings({"import", file("b.json", with_name("B")), "--replace"}).exit_code, 0);
  EXPECT_EQ(settings({"export", "draft"}).out, with_name("B"));
  EXPECT_THAT(settings({"import", file("b.json", "{}"), "--replace", "--based-on", "9"}).err,
              HasSubstr("--based-on"));
  EXPECT_THAT(settings({"import", file("c.json", "{\"a\": 1, \"a\": 2}"), "--replace"}).err,
              HasSubstr("c.json: /a: the object has this member twice (duplicate_key)"));
}

TEST_P(SettingsCommand, HolidaysOfACalendarComeIntoTheDraft) {
  const std::string calendar =
      file("holidays.ics",
           "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n"
           "DTSTART;VALUE=DATE:20311031\r\nSUMMARY:Reformation Day\r\nEND:VEVENT\r\n"
           "BEGIN:VEVENT\r\nDTSTART:20311224T180000Z\r\nSUMMARY:Party\r\nEND:VEVENT\r\n"
           "END:VCALENDAR\r\n");
  const std::vector<std::string> words = {"holidays", calendar, "--region", "germany",
                                          "--from",   "2031",   "--to",     "2031"};
  const Said added = settings(words);
  EXPECT_EQ(added.out,
            "added\t2031-10-31\tReformation Day\nskipped\tParty\tit is not about whole days\ndraft saved\n")
      << added.err;
  EXPECT_EQ(settings({"diff", "1", "draft"}).exit_code, 0);
  const json draft = json::parse(settings({"export", "draft"}).out);
  EXPECT_EQ(draft["regions"][0]["holidays"].back(), "2031-10-31");
  EXPECT_EQ(settings({"publish"}).out, "version 2\n");
  EXPECT_EQ(settings(words).out,
            "there already\t2031-10-31\tReformation Day\nskipped\tParty\tit is not about whole days\n"
            "nothing to add\n");
  EXPECT_THAT(settings({"holidays", calendar, "--region", "atlantis"}).err, HasSubstr("no region atlantis"));
  EXPECT_THAT(settings({"holidays", file("a.json", "{}"), "--region", "germany"}).err,
              HasSubstr("not an iCalendar file"));
}

TEST_P(SettingsCommand, ADraftThatIsNotOfTheNewestVersionIsNotPublished) {
  ASSERT_EQ(settings({"import", file("a.json", with_name("A"))}).exit_code, 0);
  ASSERT_EQ(settings({"publish", file("b.json", with_name("B"))}).out, "version 2\n");
  const Said refused = settings({"publish"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, StartsWith("draft: /based_on: 1: version 2 was published by command line"));
  ASSERT_EQ(settings({"import", file("a.json", with_name("A")), "--replace"}).exit_code, 0);
  EXPECT_EQ(settings({"publish"}).out, "version 3\n");
  EXPECT_EQ(settings({"publish"}).exit_code, 1) << "the draft is a version now";
}

TEST_P(SettingsCommand, DifferencesAreToldInWords) {
  const std::string name = file("a.json", with_name("Südmarkt"));
  EXPECT_EQ(settings({"diff", "1", name}).out, "name “Südmarkt” (before: “Nordmarkt”)\n");
  ASSERT_EQ(settings({"import", name}).exit_code, 0);
  EXPECT_EQ(settings({"diff", "draft", "1"}).out, "name “Nordmarkt” (before: “Südmarkt”)\n");
  EXPECT_EQ(settings({"diff", "draft", name}).out, "");
  EXPECT_EQ(settings({"diff", "1", "9"}).err, "there is no version 9\n");
}

TEST_P(SettingsCommand, AVersionGoesToSomeStoresAndThenToEverybody) {
  const std::string next = file("a.json", with_name("Südmarkt"));
  EXPECT_THAT(settings({"publish", next, "--area", "atlantis"}).err, HasSubstr("/areas/0: "));
  ASSERT_EQ(settings({"publish", next, "--store", "S001", "--note", "trial"}).out, "version 2\n");
  EXPECT_THAT(settings({"versions"}).out, HasSubstr("\tcommand line\tS001\ttrial\n1\tin force\t"));
  EXPECT_EQ(settings({"export"}).out, sample_settings()) << "everybody else's";
  EXPECT_EQ(settings({"rollout", "2", "--area", "berlin"}).exit_code, 0);
  EXPECT_THAT(settings({"versions"}).out, HasSubstr("\tS001 S004 S005\t"));
  EXPECT_EQ(settings({"rollout", "2", "--withdraw", "--store", "S001"}).exit_code, 0);
  EXPECT_THAT(settings({"versions"}).out, StartsWith("2\tstaged\t"));
  EXPECT_THAT(settings({"versions"}).out, HasSubstr("\tS004 S005\t"));
  EXPECT_EQ(settings({"rollout", "2"}).exit_code, 1) << "for whom?";
  EXPECT_EQ(settings({"rollout", "2", "--everyone"}).out, "version 2\n");
  EXPECT_THAT(settings({"versions"}).out, StartsWith("2\tin force\t"));
  EXPECT_THAT(settings({"rollout", "2", "--withdraw"}).err, HasSubstr("/version: 2: "));
}

TEST_P(SettingsCommand, GoingBackIsANewVersion) {
  ASSERT_EQ(settings({"publish", file("a.json", with_name("Südmarkt"))}).out, "version 2\n");
  EXPECT_EQ(settings({"rollback", "1", "--note", "the old name"}).out, "version 3\n");
  EXPECT_EQ(settings({"export"}).out, sample_settings());
  EXPECT_THAT(settings({"versions"}).out, HasSubstr("\tthe old name\n"));
  EXPECT_THAT(settings({"rollback", "1"}).err, HasSubstr("/to: 1: "));
  EXPECT_THAT(settings({"rollback", "1", "--note", std::string(501, 'x')}).err, HasSubstr("/note: "));
}

TEST_P(SettingsCommand, CheckingNamesPathAndValue) {
  EXPECT_THAT(settings({"check", file("a.json", with_name("A"))}).out, HasSubstr(": no problem found\n"));
  json document = json::parse(sample_settings());
  document["workflows"][0]["initial"] = "nowhere";
  const Said refused = settings({"publish", file("b.json", document.dump())});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("b.json: /workflows/0/initial: \"nowhere\": "));
}

INSTANTIATE_TEST_SUITE_P(Databases, SettingsCommand, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
