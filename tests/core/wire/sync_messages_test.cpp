#include "core/wire/sync_messages.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/core/wire/sample_captures.h"
#include "tests/support/files/files.h"

namespace ccms::wire {
namespace {

using Json = nlohmann::ordered_json;
using domain::Error;

const domain::Instant kNow = *domain::parse_rfc3339("2026-11-21T22:39:19.123Z");
const std::string kEpoch = "019a9f2b-0000-7abc-8def-0123456789ab";

domain::TicketCode code() { return std::get<domain::Created>(test::sample_created().body).code; }

PublicKeyBytes key(std::uint8_t first) {
  PublicKeyBytes bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(first + i);
  return bytes;
}

EnrolRequest enrol_request() {
  return {
      "AAAA-BBBB-CCCC", key(1), domain::StoreId("S001"), domain::TillId("S001-T1"), {"0.1.0", "host-sim"}};
}

TillIdentity identity() {
  return {domain::TillId("S001-T1"), domain::StoreId("S001"), 2, 7, "7KXA", kNow, kEpoch, key(99)};
}

CaptureBatch batch() {
  CaptureBatch message;
  message.server_epoch = kEpoch;
  message.clock = DeviceClock{kNow, "boot-1", 86'400'001};
  message.items = {{"{\"wire\":1}", std::string(64, '\x01')}, {std::string("\0\xFF", 2), ""}};
  return message;
}

BatchReply batch_reply() {
  const auto event = test::sample_created().event_id;
  BatchReply message{kNow, kEpoch, 8, {}, {{1, 5, 9}, {2, 1, 1}}};
  message.outcomes = {{event, {}, CaptureOutcome::stored, std::nullopt, std::nullopt},
                      {event, {}, CaptureOutcome::duplicate, std::nullopt, std::nullopt},
                      {std::nullopt,
                       {},
                       CaptureOutcome::rejected,
                       Error{"not_json", "The bytes are not JSON.", ""},
                       std::nullopt},
                      {event,
                       {},
                       CaptureOutcome::rejected,
                       Error{"wrong_type", "A text is expected.", "/store"},
                       std::nullopt},
                      {event, {}, CaptureOutcome::code_changed, std::nullopt, code()}};
  for (std::size_t i = 0; i < message.outcomes.size(); ++i)
    message.outcomes[i].digest.fill(static_cast<std::uint8_t>(i));
  return message;
}

ChangesReply changes_reply() {
  TicketUpdate full{
      test::sample_created().ticket_id,
      code(),
      12,
      {domain::StateId("ready"), domain::StateType::pending, {{"de", "Abholbereit"}, {"en", "Ready"}}},
      true,
      domain::DepartmentId("repairs"),
      domain::PriorityId("high"),
      kNow,
      "verified",
      Error{"x", "y", "/z"}};
  TicketUpdate small = full;
  small.department.reset();
  small.priority.reset();
  small.problem.reset();
  return {417, true, {full, small}, {}};
}

HttpProblem http_problem() {
  return {401, "clock_skew", "Unauthorized", "The clock is wrong.", "/x", {{"a", "b", "/c"}}, "r-1", kNow};
}

/// The bytes are golden, and what is read from them is the same message.
template <class Message, class Parse>
void expect_round_trip(const std::string& name, const Message& message, Parse parse) {
  const std::string bytes = build(message);
  test::expect_golden("wire/messages/" + name + ".json", bytes);
  const auto parsed = parse(bytes);
  ASSERT_TRUE(parsed) << name << parsed.errors.front().field << parsed.errors.front().message;
  EXPECT_EQ(*parsed, message) << name;
}

TEST(SyncMessages, EveryMessageIsGoldenAndReadBack) {
  expect_round_trip("enrol_request", enrol_request(), parse_enrol_request);
  expect_round_trip("rekey_request", RekeyRequest{key(5)}, parse_rekey_request);
  expect_round_trip("till_identity", identity(), parse_till_identity);
  expect_round_trip("prefix_reply", PrefixReply{"ZZZ0"}, parse_prefix_reply);
  expect_round_trip("capture_batch", batch(), parse_capture_batch);
  expect_round_trip("capture_batch_empty", CaptureBatch{}, parse_capture_batch);
  expect_round_trip("batch_reply", batch_reply(), parse_batch_reply);
  expect_round_trip("changes_reply", changes_reply(), parse_changes_reply);
  ChangesReply with_departures = changes_reply();
  with_departures.gone = {test::sample_created().ticket_id};
  expect_round_trip("changes_reply_gone", with_departures, parse_changes_reply);
  expect_round_trip("http_problem", http_problem(), parse_http_problem);
}

template <class Parse>
void expect_unknown_member(const std::string& bytes, Parse parse, bool taken) {
  Json json = Json::parse(bytes);
  json["newer"] = Json::object({{"x", 1}});
  EXPECT_EQ(parse(json.dump()).ok(), taken) << bytes;
}

TEST(SyncMessages, RequestsAreStrictAndRepliesTakeWhatIsNewer) {
  expect_unknown_member(build(enrol_request()), parse_enrol_request, false);
  expect_unknown_member(build(RekeyRequest{}), parse_rekey_request, false);
  expect_unknown_member(build(batch()), parse_capture_batch, false);
  expect_unknown_member(build(identity()), parse_till_identity, true);
  expect_unknown_member(build(batch_reply()), parse_batch_reply, true);
  expect_unknown_member(build(changes_reply()), parse_changes_reply, true);
  expect_unknown_member(build(http_problem()), parse_http_problem, true);
}

template <class Parse>
std::string first_problem(const std::string& bytes, Parse parse, const std::string& pointer,
                          const Json& value) {
  Json json = Json::parse(bytes);
  json[Json::json_pointer(pointer)] = value;
  const auto parsed = parse(json.dump());
  return parsed ? "ok" : parsed.errors.front().code + " " + parsed.errors.front().field;
}

TEST(SyncMessages, BadValuesAreNamed) {
  const auto short_key = domain::base64_encode(std::string(31, 'x'));
  EXPECT_EQ(first_problem(build(enrol_request()), parse_enrol_request, "/public_key", short_key),
            "bad_value /public_key");
  EXPECT_EQ(first_problem(build(enrol_request()), parse_enrol_request, "/public_key", "?"),
            "bad_value /public_key");
  EXPECT_EQ(first_problem(build(enrol_request()), parse_enrol_request, "/device/x", 1),
            "unknown_field /device/x");
  EXPECT_EQ(first_problem(build(identity()), parse_till_identity, "/prefix", "abcd"), "bad_value /prefix");
  EXPECT_EQ(first_problem(build(identity()), parse_till_identity, "/epoch", 0), "bad_value /epoch");
  EXPECT_EQ(first_problem(build(batch_reply()), parse_batch_reply, "/outcomes/0/outcome", "lost"),
            "bad_value /outcomes/0/outcome");
  EXPECT_EQ(first_problem(build(changes_reply()), parse_changes_reply, "/updates/1/state/label", "x"),
            "wrong_type /updates/1/state/label");
  EXPECT_EQ(first_problem(build(batch()), parse_capture_batch, "/items", Json::array({1})),
            "wrong_type /items/0");
}

TEST(SyncMessages, ABatchHoldsAtMostAHundredItems) {
  CaptureBatch message;
  message.items.resize(kBatchItemsLimit);
  EXPECT_TRUE(parse_capture_batch(build(message)));
  message.items.emplace_back();
  EXPECT_EQ(parse_capture_batch(build(message)).errors.front().code, "too_long");
}

TEST(SyncMessages, AnItemThatIsNotBase64BlocksNoOther) {
  const auto parsed = parse_capture_batch(
      R"({"items":[{"capture":"not base64!","signature":"?"},{"capture":"e30=","signature":""}]})");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->items[0].capture, "not base64!");
  EXPECT_EQ(parsed->items[0].signature, "?");
  EXPECT_EQ(parsed->items[1].capture, "{}");
}

TEST(SyncMessages, AnswersOfAnotherServerAreErrors) {
  for (const char* bytes : {"", "<html>502</html>", "[]", "null", "{\"status\":\"x\"}"}) {
    EXPECT_FALSE(parse_http_problem(bytes)) << bytes;
    EXPECT_FALSE(parse_batch_reply(bytes)) << bytes;
  }
}

}  // namespace
}  // namespace ccms::wire
