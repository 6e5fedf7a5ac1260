#include <nlohmann/json.hpp>

#include "core/wire/capture.h"
#include "tests/server/support/on_both_backends.h"
#include "tests/support/files/files.h"

namespace ccms::test {
namespace {

using nlohmann::ordered_json;
using wire::CaptureOutcome;

/// What arrives damaged, forged or nonsensical: each is refused by itself, naming the field, recorded, and no
/// ticket comes of it.
class BadCaptures : public OnBothBackends {
 protected:
  wire::CaptureItem tampered(const std::function<void(ordered_json&)>& tamper) {
    auto document = ordered_json::parse(till.sign(till.created(purchase_content("R-1"))).capture);
    tamper(document);
    return till.sign(document.dump());
  }

  void expect_rejected(const wire::CaptureItem& item, const std::string& code, const std::string& field) {
    const auto outcome = till.send_one(transport(), item);
    ASSERT_EQ(outcome.outcome, CaptureOutcome::rejected) << code << ' ' << field;
    EXPECT_EQ(outcome.problem->code, code) << field;
    EXPECT_EQ(outcome.problem->field, field);
    EXPECT_FALSE(outcome.problem->message.empty());
    EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets"), 0) << field;
    EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM captures WHERE outcome = 'rejected' AND digest = ?",
                           {domain::hex_encode(domain::bytes_view(outcome.digest))}),
              1);
  }
};

std::vector<ordered_json::json_pointer> members_of(const ordered_json& document) {
  std::vector<ordered_json::json_pointer> pointers;
  const auto flat = document.flatten();
  for (const auto& [pointer, value] : flat.items()) pointers.emplace_back(pointer);
  for (const char* object :
       {"/clerk", "/body", "/body/ticket", "/body/complainant", "/body/transaction", "/body/proof"}) {
    pointers.emplace_back(object);
  }
  return pointers;
}

TEST_P(BadCaptures, AnyMemberOfTheWrongTypeIsNamed) {
  const auto sample = ordered_json::parse(till.sign(till.created(purchase_content("R-1"))).capture);
  till.seq = 0;
  for (const auto& pointer : members_of(sample)) {
    // No member of a capture is a list of lists of numbers.
    const auto item = tampered([&](ordered_json& document) { document[pointer] = {{1, 2}, {3, 4}}; });
    const auto outcome = till.send_one(transport(), item);
    EXPECT_EQ(outcome.outcome, CaptureOutcome::rejected) << pointer;
    if (outcome.problem) {
      EXPECT_EQ(outcome.problem->field.rfind(pointer.to_string(), 0), 0U)
          << pointer << " was refused as " << outcome.problem->field << ' ' << outcome.problem->code;
    }
  }
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets"), 0);
}

TEST_P(BadCaptures, AnyUnknownMemberIsNamed) {
  for (const char* object :
       {"", "/clerk", "/body", "/body/ticket", "/body/complainant", "/body/transaction"}) {
    const ordered_json::json_pointer place(std::string(object) + "/surprise");
    expect_rejected(tampered([&](ordered_json& document) { document[place] = 1; }), "unknown_field",
                    std::string(object) + "/surprise");
  }
}

TEST_P(BadCaptures, MissingMembersAreNamed) {
  for (const char* name : {"wire", "event_id", "ticket_id", "type", "salt", "wall_at", "boot_id", "boot_ms",
                           "settings_version", "training", "clerk", "body"}) {
    const auto item = tampered([&](ordered_json& document) { document.erase(name); });
    const auto outcome = till.send_one(transport(), item);
    ASSERT_EQ(outcome.outcome, CaptureOutcome::rejected) << name;
    EXPECT_EQ(outcome.problem->code, "missing_field") << name;
    EXPECT_EQ(outcome.problem->field, std::string("/") + name);
  }
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets"), 0);
}

TEST_P(BadCaptures, OverlongTextsAreNamed) {
  const std::string endless(20'000, 'x');
  for (const char* field : {"/body/ticket/details", "/body/complainant/name", "/body/complainant/mobile",
                            "/body/complainant/email", "/clerk/name", "/body/transaction/id"}) {
    expect_rejected(
        tampered([&](ordered_json& document) { document[ordered_json::json_pointer(field)] = endless; }),
        "too_long", field);
  }
}

TEST_P(BadCaptures, WhatTheSettingsDoNotKnowIsNamed) {
  expect_rejected(tampered([](ordered_json& d) { d["body"]["ticket"]["custom"]["no_such_field"] = "x"; }),
                  "unknown_field", "/body/ticket/custom/no_such_field");
  expect_rejected(tampered([](ordered_json& d) { d["body"]["ticket"]["category"] = "no_such_category"; }),
                  "unknown_option", "/body/ticket/category");
  expect_rejected(tampered([](ordered_json& d) { d["body"]["complainant"]["email"] = "nobody"; }),
                  "bad_value", "/body/complainant/email");
}

TEST_P(BadCaptures, BytesThatAreNoJson) {
  for (const std::string& bytes : {std::string("hello"), std::string("{\"wire\":1"), std::string("[]")}) {
    const auto outcome = till.send_one(transport(), till.sign(bytes));
    EXPECT_EQ(outcome.outcome, CaptureOutcome::rejected);
    EXPECT_FALSE(outcome.event_id.has_value());
  }
  expect_rejected(till.sign(std::string("{\"wire\":\"\xC3\x28\"}")), "invalid_utf8", "");
}

TEST_P(BadCaptures, ACaptureThatIsTooLargeIsRefusedByItself) {
  const auto large = till.sign(std::string(wire::kCaptureBytesLimit + 1, ' '));
  const auto reply = till.send(transport(), {large, till.sign(till.created())});
  EXPECT_EQ(reply.outcomes.at(0).problem->code, "capture_too_large");
  EXPECT_EQ(reply.outcomes.at(1).outcome, CaptureOutcome::stored);
}

TEST_P(BadCaptures, ASwappedBodyDoesNotFitItsSignature) {
  const auto mine = till.sign(till.created());
  const auto other = till.sign(till.created());
  expect_rejected({mine.capture, other.signature}, "bad_signature", "");
  // The same bytes with their own signature are none the worse for it.
  EXPECT_EQ(till.send_one(transport(), mine).outcome, CaptureOutcome::stored);
}

TEST_P(BadCaptures, AnotherTillsCaptureIsRefused) {
  auto capture = till.created();
  capture.till = domain::TillId("S001-T2");
  expect_rejected(till.sign(capture), "wrong_till", "/till");
  capture = till.created();
  capture.store = domain::StoreId("S002");
  expect_rejected(till.sign(capture), "wrong_till", "/store");
  auto other = another_till("S001", "S001-T2");
  expect_rejected(other.sign(other.created()), "bad_signature", "");
}

TEST_P(BadCaptures, OneBadItemBlocksNoOther) {
  std::vector<wire::CaptureItem> items;
  for (int i = 0; i < 5; ++i) items.push_back(till.sign(till.created()));
  items[2] = till.sign(std::string("nonsense"));
  const auto reply = till.send(transport(), items);
  for (std::size_t i = 0; i < items.size(); ++i) {
    EXPECT_EQ(reply.outcomes.at(i).outcome, i == 2 ? CaptureOutcome::rejected : CaptureOutcome::stored);
  }
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets"), 4);
}

// Columns are narrower than what somebody can send: it must not be the database that finds out.
TEST_P(BadCaptures, WhatIsTooLongToRecordWholeBlocksNoOther) {
  auto long_signature = till.sign(till.created());
  long_signature.signature.assign(1000, 'x');
  const auto long_name = tampered([](ordered_json& d) { d[std::string(55'000, '~')] = 1; });
  const auto good = till.sign(till.created());
  const auto reply = till.send(transport(), {long_signature, long_name, good});
  EXPECT_EQ(reply.outcomes.at(0).problem->code, "bad_signature");
  EXPECT_EQ(reply.outcomes.at(1).problem->code, "unknown_field");
  EXPECT_TRUE(reply.outcomes.at(1).problem->field.starts_with("/~"));
  EXPECT_EQ(reply.outcomes.at(2).outcome, CaptureOutcome::stored);
}

// No check before is perfect: what the database alone refuses is refused for that item alone, and once and
// for all.
TEST_P(BadCaptures, WhatTheDatabaseRefusesIsRejectedAndBlocksNoOther) {
  {
    const auto lease = server.database().writer();
    lease->execute_once("DROP TABLE ticket_texts");
    lease->execute_once(
        "CREATE TABLE ticket_texts (ticket_id VARCHAR(36) NOT NULL PRIMARY KEY, words TEXT NOT NULL, "
        "CHECK (words NOT LIKE '%poison%'))");
  }
  auto content = purchase_content("R-1");
  content.ticket.details = "poison";
  const auto poisoned = till.created(content);
  const auto bad = till.sign(poisoned);
  const auto reply = till.send(
      transport(), {till.sign(till.created()), bad, till.sign(till.about(poisoned, domain::Withdrawn{})),
                    till.sign(till.created())});
  EXPECT_EQ(reply.outcomes.at(0).outcome, CaptureOutcome::stored);
  ASSERT_EQ(reply.outcomes.at(1).outcome, CaptureOutcome::rejected);
  EXPECT_EQ(reply.outcomes.at(1).problem->code, "not_storable");
  EXPECT_EQ(reply.outcomes.at(2).problem->code, "unknown_ticket");
  EXPECT_EQ(reply.outcomes.at(3).outcome, CaptureOutcome::stored);
  EXPECT_TRUE(reply.gaps.empty());
  EXPECT_EQ(till.send_one(transport(), bad).problem, reply.outcomes.at(1).problem) << "for ever";
  for (const char* table : {"tickets", "ticket_codes", "changes"})
    EXPECT_EQ(server.count(std::string("SELECT COUNT(*) AS n FROM ") + table), 2) << table;
  for (const char* table : {"ticket_events", "ticket_lines", "notifications"}) {
    EXPECT_EQ(server.count(std::string("SELECT COUNT(*) AS n FROM ") + table + " WHERE ticket_id = ?",
                           {poisoned.ticket_id.str()}),
              0)
        << table;
  }
  EXPECT_EQ(server.count("SELECT captures_rejected AS n FROM tills"), 2);

  content.ticket.details = "remedy";
  auto correction = till.about(poisoned, std::get<domain::Created>(poisoned.body));
  std::get<domain::Created>(correction.body).content = content;
  correction.corrects = reply.outcomes.at(1).digest;
  EXPECT_EQ(till.send_one(transport(), till.sign(correction)).outcome, CaptureOutcome::stored);
}

TEST_P(BadCaptures, ARejectionIsFinalAndACorrectionMustNameIt) {
  auto bad = till.created();
  std::get<domain::Created>(bad.body).content.ticket.category = domain::CategoryId("no_such_category");
  const auto item = till.sign(bad);
  const auto rejected = till.send_one(transport(), item);
  EXPECT_EQ(rejected.outcome, CaptureOutcome::rejected);
  EXPECT_EQ(till.send_one(transport(), item).problem, rejected.problem);

  auto correction = till.about(bad, bad.body);
  std::get<domain::Created>(correction.body).content.ticket.category = domain::CategoryId("other");
  correction.corrects = domain::Digest{};
  EXPECT_EQ(till.send_one(transport(), till.sign(correction)).problem->code, "correction_not_expected");

  correction = till.about(bad, correction.body);
  correction.corrects = rejected.digest;
  EXPECT_EQ(till.send_one(transport(), till.sign(correction)).outcome, CaptureOutcome::stored);
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets"), 1);
}

TEST_P(BadCaptures, NaughtyStringsAreKeptExactlyOrRefused) {
  std::vector<wire::CaptureItem> items;
  std::vector<std::string> texts;
  for (const std::string& text : read_lines(shared_data("naughty_strings.txt"))) {
    auto content = plain_content();
    content.ticket.details = text;
    auto capture = till.created(content);
    if (!wire::build_capture(capture).ok()) {
      --till.seq;
      continue;
    }
    texts.push_back(text);
    items.push_back(till.sign(capture));
  }
  std::size_t kept = 0;
  for (std::size_t from = 0; from < items.size(); from += 100) {
    const auto to = std::min(from + 100, items.size());
    const auto first = items.begin() + static_cast<std::ptrdiff_t>(from);
    const auto reply = till.send(transport(), {first, items.begin() + static_cast<std::ptrdiff_t>(to)});
    for (std::size_t i = 0; i < reply.outcomes.size(); ++i) {
      const auto& outcome = reply.outcomes[i];
      if (outcome.outcome == CaptureOutcome::rejected) {  // nothing but blanks, say
        EXPECT_EQ(outcome.problem->field, "/body/ticket/details") << texts[from + i];
        continue;
      }
      ++kept;
      EXPECT_EQ(server.text(
                    "SELECT t.details AS details FROM tickets t JOIN captures c ON c.ticket_id = t.ticket_id "
                    "WHERE c.event_id = ?",
                    {outcome.event_id->str()}),
                texts[from + i]);
    }
  }
  EXPECT_GT(kept, 400U);
}

TEST_P(BadCaptures, ABatchThatIsNoneIsRefusedAsAWhole) {
  for (const char* body : {"", "[]", "{}", R"({"items":1})", R"({"items":[],"surprise":1})"}) {
    const auto response = server.send(till.request("POST", "/api/v1/sync/captures", body));
    EXPECT_EQ(response.status, 422) << body;
    EXPECT_EQ(response.content_type, "application/problem+json");
  }
}

CCMS_ON_BOTH_BACKENDS(BadCaptures);

}  // namespace
}  // namespace ccms::test
