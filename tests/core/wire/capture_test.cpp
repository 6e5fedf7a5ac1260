#include "core/wire/capture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "core/domain/text.h"
#include "tests/core/wire/sample_captures.h"
#include "tests/support/files/files.h"

namespace ccms::wire {
namespace {

using Json = nlohmann::ordered_json;

std::string bytes_of(const domain::Capture& capture) { return build_capture(capture).value(); }

Json json_of(const domain::Capture& capture) { return Json::parse(bytes_of(capture)); }

/// "code field" of every error, as the till and the clerk see them.
std::vector<std::string> problems(std::string_view bytes) {
  std::vector<std::string> out;
  for (const auto& error : parse_capture(bytes).errors) out.push_back(error.code + " " + error.field);
  return out;
}

std::vector<std::string> problems_with(const std::string& pointer, const Json& value) {
  Json json = json_of(test::sample_created());
  json[Json::json_pointer(pointer)] = value;
  return problems(json.dump());
}

/// Pointers to every member of every object in a document.
void collect_members(const Json& json, const std::string& pointer, std::vector<std::string>& out) {
  for (const auto& [key, value] : json.items()) {
    const std::string member = pointer + "/" + key;
    if (json.is_object()) out.push_back(member);
    if (value.is_structured()) collect_members(value, member, out);
  }
}

std::vector<std::string> members_of(const Json& json) {
  std::vector<std::string> out;
  collect_members(json, "", out);
  return out;
}

using testing::ElementsAre;

TEST(Capture, TheBytesOfEveryTypeAreGolden) {
  for (const auto& [name, capture] : test::sample_captures()) {
    const auto bytes = build_capture(capture);
    ASSERT_TRUE(bytes) << name << bytes.error().message << bytes.error().field;
    test::expect_golden("wire/" + name + ".json", *bytes);
    EXPECT_EQ(build_capture(capture, Parts::read).value(), *bytes) << name;
  }
}

TEST(Capture, GoldenBytesOfEveryTypeAreReadAndRebuilt) {
  std::set<domain::CaptureType> types;
  for (const auto& [name, capture] : test::sample_captures()) {
    const std::string bytes = test::read_file(test::golden_folder("wire") / (name + ".json"));
    const auto parsed = parse_capture(bytes);
    ASSERT_TRUE(parsed) << name << parsed.errors.front().field << parsed.errors.front().message;
    EXPECT_EQ(*parsed, capture) << name;
    EXPECT_EQ(bytes_of(*parsed), bytes) << name;
    types.insert(parsed->type());
  }
  EXPECT_EQ(types.size(), std::size(domain::kEnumNames<domain::CaptureType>));
}

TEST(Capture, EveryMemberOfUnknownNameIsRefusedWhereverItStands) {
  for (const auto& [name, capture] : test::sample_captures()) {
    const Json original = json_of(capture);
    std::set<std::string> objects = {""};
    for (const std::string& pointer : members_of(original)) {
      if (original[Json::json_pointer(pointer)].is_object()) objects.insert(pointer);
    }
    for (const std::string& object : objects) {
      if (object.ends_with("/custom")) continue;  // its names are the chain's
      Json json = original;
      json[Json::json_pointer(object)]["surprise/~"] = 1;
      EXPECT_THAT(problems(json.dump()), ElementsAre("unknown_field " + object + "/surprise~1~0")) << name;
    }
  }
}

TEST(Capture, EveryMissingMemberIsOptionalOrNamed) {
  const std::set<std::string> optional_names = {"corrects",
                                                "department",
                                                "priority",
                                                "category",
                                                "outcome_sought",
                                                "collect_at",
                                                "customer",
                                                "reason",
                                                "serial",
                                                "tag",
                                                "shelf",
                                                "to",
                                                "note",
                                                "original",
                                                "till",
                                                "total",
                                                "batch",
                                                "changes",
                                                "id",
                                                "affected_quantity",
                                                "customer_id",
                                                "name",
                                                "mobile",
                                                "email",
                                                "organisation",
                                                "details",
                                                "consent_to_contact",
                                                "confidential",
                                                "remedy",
                                                "approved_by",
                                                "amount",
                                                "custom",
                                                "ticket",
                                                "complainant",
                                                "transaction"};
  for (const auto& [name, capture] : test::sample_captures()) {
    const Json original = json_of(capture);
    for (const std::string& pointer : members_of(original)) {
      const std::string key = pointer.substr(pointer.rfind('/') + 1);
      if (pointer.find("/custom/") != std::string::npos && pointer.find("/deposit/") == std::string::npos)
        continue;
      Json json = original;
      json[Json::json_pointer(pointer.substr(0, pointer.rfind('/')))].erase(key);
      const auto found = problems(json.dump());
      if (found.empty()) {
        EXPECT_TRUE(optional_names.contains(key)) << name << pointer;
      } else if (pointer != "/type" && !pointer.starts_with("/body/changes/ticket")) {
        EXPECT_THAT(found, ElementsAre("missing_field " + pointer)) << name;
      }
    }
  }
}

TEST(Capture, EveryMemberOfAWrongTypeIsNamed) {
  for (const auto& [name, capture] : test::sample_captures()) {
    const Json original = json_of(capture);
    for (const std::string& pointer : members_of(original)) {
      if (pointer == "/type" || pointer.find("/custom/") != std::string::npos) continue;
      for (const Json& wrong :
           {Json(), Json("text"), Json(7), Json(true), Json::array({1}), Json::object({{"x", 1}})}) {
        Json json = original;
        Json& place = json[Json::json_pointer(pointer)];
        if (wrong.type() == place.type() || (wrong.is_number() && place.is_number()) || place.is_null())
          continue;
        place = wrong;
        const auto parsed = parse_capture(json.dump());
        if (parsed) {
          EXPECT_TRUE(wrong.is_null() && pointer.starts_with("/body/changes/")) << name << pointer << wrong;
          continue;
        }
        EXPECT_EQ(parsed.errors.front().field.substr(0, pointer.size()), pointer) << name << wrong;
      }
    }
  }
}

TEST(Capture, ValuesOutOfRangeAreNamed) {
  const std::vector<std::pair<std::string, Json>> wrong = {
      {"/wire", 2},
      {"/wire", 0},
      {"/event_id", "019a9f2b-7c00-4abc-8def-0123456789ab"},
      {"/ticket_id", ""},
      {"/till", "S001 T1"},
      {"/store", std::string(65, 'x')},
      {"/epoch", 0},
      {"/seq", -1},
      {"/seq", 9007199254740992},
      {"/seq", 18446744073709551615ULL},
      {"/seq", 1.5},
      {"/boot_ms", 1e300},
      {"/salt", "00"},
      {"/salt", std::string(32, 'A')},
      {"/wall_at", "2026-11-21T22:39:19Z"},
      {"/boot_id", ""},
      {"/settings_version", -1},
      {"/clerk/name", "a\nb\x01"},
      {"/corrects", std::string(63, 'a')},
      {"/body/code", "7KXA-0000-0000"},
      {"/body/code", "000000000001"},
      {"/body/kind", "Complaint"},
      {"/body/language", "d"},
      {"/body/channel", "console"},
      {"/body/channel", "fax"},
      {"/body/ticket/details", std::string("nul \0", 5)},
      {"/body/ticket/details", "carriage\r"},
      {"/body/ticket/outcome_sought", "money"},
      {"/body/ticket/custom/volume", 1e16},
      {"/body/ticket/custom/deposit/currency", "eur"},
      {"/body/ticket/custom/deposit/amount", 9007199254740992},
      {"/body/complainant/kind", "friend"},
      {"/body/complainant/mobile", ""},
      {"/body/customer/identifiers/0/type", "fax"},
      {"/body/transaction/type", "gift"},
      {"/body/transaction/utc_offset_minutes", 1081},
      {"/body/transaction/lines/0/quantity", "1e3"},
      {"/body/transaction/lines/0/line", 0},
      {"/body/transaction/at", "yesterday"},
      {"/body/proof/kind", "promise"}};
  for (const auto& [pointer, value] : wrong) {
    EXPECT_THAT(problems_with(pointer, value), ElementsAre("bad_value " + pointer)) << value;
  }
}

TEST(Capture, TextsAreMeasuredInCodePoints) {
  const auto text = [](std::size_t size) {
    std::string out;
    for (std::size_t i = 0; i < size; ++i) out += "\u00FC";
    return out;
  };
  const std::vector<std::pair<std::string, std::size_t>> limits = {
      {"/body/ticket/details", domain::kLongTextLimit},
      {"/body/complainant/name", domain::kNameLimit},
      {"/body/complainant/email", domain::kEmailLimit},
      {"/body/complainant/mobile", domain::kPhoneLimit},
      {"/body/transaction/id", domain::kShortTextLimit}};
  for (const auto& [pointer, limit] : limits) {
    EXPECT_THAT(problems_with(pointer, text(limit)), testing::IsEmpty()) << pointer;
    EXPECT_THAT(problems_with(pointer, text(limit + 1)), ElementsAre("too_long " + pointer));
  }
}

TEST(Capture, AProofNeedsATransactionOrAReason) {
  Json json = json_of(test::sample_created());
  json["body"].erase("transaction");
  EXPECT_THAT(problems(json.dump()), ElementsAre("missing_field /body/transaction"));
  json["body"]["proof"] = {{"kind", "none"}};
  EXPECT_THAT(problems(json.dump()), ElementsAre("missing_field /body/proof/reason"));
}

TEST(Capture, AnUnknownTypeIsTheOnlyThingSaid) {
  EXPECT_THAT(problems_with("/type", "exploded"), ElementsAre("bad_value /type"));
}

TEST(Capture, AnAmendmentChangesSomething) {
  for (const auto& [name, capture] : test::sample_captures()) {
    if (name != "amended") continue;
    Json json = json_of(capture);
    json["body"]["changes"] = Json::object();
    EXPECT_THAT(problems(json.dump()), ElementsAre("bad_value /body/changes"));
  }
}

TEST(Capture, ErrorsAreCollectedUpToABound) {
  Json json = json_of(test::sample_created());
  json["seq"] = 0;
  json["store"] = 1;
  json["body"]["ticket"].erase("details");
  EXPECT_THAT(problems(json.dump()),
              ElementsAre("wrong_type /store", "bad_value /seq", "missing_field /body/ticket/details"));
  for (int i = 0; i < 100; ++i) json["x" + std::to_string(i)] = i;
  EXPECT_EQ(problems(json.dump()).size(), Problems::kLimit);
}

TEST(Capture, AreAtMostSixtyThousandBytes) {
  domain::Capture capture = test::sample_created();
  std::string& details = std::get<domain::Created>(capture.body).content.ticket.details;
  for (std::size_t i = 0; i < domain::kLongTextLimit; ++i) details += "\U0001F600";
  details = domain::truncate_code_points(details, domain::kLongTextLimit);
  EXPECT_EQ(build_capture(capture).error().code, "capture_too_large");
  EXPECT_EQ(build_capture(capture, Parts::read).error().code, "capture_too_large");
  EXPECT_THAT(problems(std::string(kCaptureBytesLimit + 1, ' ')), ElementsAre("capture_too_large "));
}

TEST(Capture, BuildRefusesWhatParseWouldRefuse) {
  const auto refusal = [](auto spoil) {
    domain::Capture capture = test::sample_created();
    spoil(capture, std::get<domain::Created>(capture.body).content);
    const auto built = build_capture(capture);
    return built ? "built" : built.error().code + " " + built.error().field;
  };
  using domain::Capture;
  using domain::TicketContent;
  EXPECT_EQ(refusal([](Capture& capture, TicketContent&) { capture.till = domain::TillId(); }),
            "bad_value /till");
  EXPECT_EQ(
      refusal([](Capture& capture, TicketContent&) { capture.wall_at = domain::from_epoch_ms(INT64_MAX); }),
      "bad_value /wall_at");
  EXPECT_EQ(refusal([](Capture&, TicketContent& content) { content.ticket.details = "\xFF"; }),
            "invalid_utf8 /body/ticket/details");
  EXPECT_EQ(
      refusal([](Capture&, TicketContent& content) { content.complainant.name = std::string(121, 'x'); }),
      "too_long /body/complainant/name");
  EXPECT_EQ(refusal([](Capture&, TicketContent& content) { content.transaction->lines.resize(501); }),
            "too_long /body/transaction/lines");
}

TEST(Capture, PeekFindsTheIdsOfWhatCannotBeRead) {
  Json json = json_of(test::sample_created());
  json["wire"] = 99;
  json["body"] = "new in version 99";
  const CaptureIdentity identity = peek_capture(json.dump());
  EXPECT_EQ(identity.event_id, test::sample_created().event_id);
  EXPECT_EQ(identity.ticket_id, test::sample_created().ticket_id);
  EXPECT_EQ(identity.till, domain::TillId("S001-T1"));
  EXPECT_EQ(identity.epoch, 3);
  EXPECT_EQ(identity.seq, 41);
  for (const char* bytes : {"", "[]", "7", "{", "\xFF", R"({"event_id":7,"epoch":"x","seq":-1})"}) {
    const CaptureIdentity none = peek_capture(bytes);
    EXPECT_TRUE(none.event_id.empty());
    EXPECT_FALSE(none.epoch || none.seq);
  }
}

}  // namespace
}  // namespace ccms::wire
