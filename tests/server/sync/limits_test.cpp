#include <array>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "core/wire/capture.h"
#include "core/wire/sync_messages.h"
#include "server/store/ticket_record.h"
#include "tests/server/support/on_both_backends.h"

namespace ccms::test {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using wire::CaptureOutcome;
using Pointer = ordered_json::json_pointer;

constexpr std::string_view kWide = "\U0001F525";  // four bytes
constexpr std::array kFillers = {kWide, std::string_view("a")};

/// Purchase and people with every text that a till can send.
domain::TicketContent wordy_content() {
  auto content = purchase_content("R-1");
  content.complainant.kind = domain::ComplainantKind::organisation;
  content.complainant.organisation = "Hotel am Markt";
  // Forms take at most 64 characters before the @, and 189 behind it: all that the wire takes together.
  content.complainant.email = std::string(64, 'h') + "@example.test";
  content.customer->identifiers = {{domain::IdentifierType::mobile, "+49 151 7654321"},
                                   {domain::IdentifierType::card, "9001-77"},
                                   {domain::IdentifierType::account, "A-17"},
                                   {domain::IdentifierType::email, "hotel@example.test"}};
  auto& transaction = *content.transaction;
  transaction.type = domain::TransactionType::exchange;
  transaction.original = "R-0";
  transaction.till = domain::TillId("S001-T1");
  transaction.lines[0].serial = "SN-1";
  transaction.lines[0].batch = "B-1";
  content.ticket.custom[domain::FieldId("serial_number")] = std::string("SN-1");
  return content;
}

/// What is no free text: it names something that the chain or the till has, or the settings limit it further.
const std::set<std::string> kBound = {"/till",
                                      "/store",
                                      "/body/condition",
                                      "/body/ticket/category",
                                      "/body/ticket/custom/serial_number",
                                      "/body/changes/ticket/category",
                                      "/body/changes/ticket/custom/serial_number"};

std::string extended(const std::string& text, std::string_view filler, std::size_t times) {
  std::string longer = text;
  for (std::size_t i = 0; i < times; ++i) longer += filler;
  return longer;
}

/// The text of a member made as long as the wire takes it; empty where it takes nothing longer.
std::string at_limit(ordered_json document, const Pointer& member, std::string_view filler) {
  const auto text = document[member].get<std::string>();
  const auto is_taken = [&](std::size_t times) {
    document[member] = extended(text, filler, times);
    return wire::parse_capture(document.dump()).ok();
  };
  if (!is_taken(1)) return {};
  std::size_t most = 1;
  for (std::size_t too_many = 20'000; too_many - most > 1;) {
    const auto middle = (most + too_many) / 2;
    (is_taken(middle) ? most : too_many) = middle;
  }
  return extended(text, filler, most);
}

std::vector<Pointer> texts_of(const ordered_json& document) {
  std::vector<Pointer> pointers;
  const auto flat = document.flatten();
  for (const auto& [pointer, value] : flat.items())
    if (value.is_string()) pointers.emplace_back(pointer);
  return pointers;
}

class Limits : public OnBothBackends {
 protected:
  using Send = std::function<domain::Capture()>;

  ordered_json document_of(const domain::Capture& capture) {
    return ordered_json::parse(till.sign(capture).capture);
  }

  CaptureOutcome send(const domain::Capture& capture) {
    return till.send_one(transport(), till.sign(capture)).outcome;
  }

  /// Every text that the server shows of a ticket and its history.
  std::set<std::string> kept_of(const std::string& ticket_id) {
    std::set<std::string> texts;
    const auto add = [&](const json& document) {
      const auto flat = document.flatten();
      for (const auto& value : flat)
        if (value.is_string()) texts.insert(value.get<std::string>());
    };
    const auto lease = server.database().reader();
    const auto ticket = server::load_ticket(*lease, ticket_id);
    if (!ticket) return texts;
    texts.insert(
        {ticket->language, ticket->details, ticket->clerk_id.value_or(""), ticket->clerk_name.value_or("")});
    for (const json& part :
         {ticket->custom, ticket->complainant, ticket->customer, ticket->transaction, ticket->goods})
      add(part);
    const auto rows =
        lease->query("SELECT actor_id, actor_name, data FROM ticket_events WHERE ticket_id = ?", {ticket_id});
    for (const auto& row : rows) {
      texts.insert({row.text("actor_id"), row.text("actor_name")});
      add(json::parse(row.text("data")));
    }
    return texts;
  }

  /// Sends the capture again and again, each time with another of its texts at the limit. `make` gives a
  /// fresh one. Returns how many were stored.
  int stretch(const Send& make) {
    int stored = 0;
    const auto sample = make();
    EXPECT_EQ(send(sample), CaptureOutcome::stored);
    for (const auto& member : texts_of(document_of(sample))) {
      for (const auto filler : kFillers) {
        const auto capture = make();
        auto document = document_of(capture);
        // Of this very capture: what a long text leaves of the limit in bytes depends on the length of the
        // rest.
        const auto text = at_limit(document, member, filler);
        if (!text.empty()) document[member] = text;
        const auto outcome = till.send_one(transport(), till.sign(document.dump()));
        if (text.empty() || kBound.contains(member.to_string())) continue;
        EXPECT_EQ(outcome.outcome, CaptureOutcome::stored)
            << member << " of " << text.size()
            << " bytes: " << (outcome.problem ? outcome.problem->code : "");
        if (outcome.outcome != CaptureOutcome::stored) continue;
        ++stored;
        if (member.to_string() == "/boot_id") continue;  // kept in the bytes alone
        EXPECT_TRUE(kept_of(capture.ticket_id.str()).contains(text)) << member << " is not what was sent";
      }
    }
    return stored;
  }

  Send about_a_ticket(domain::CaptureBody body) {
    return [this, body = std::move(body)] {
      const auto created = till.created(purchase_content("R-1"));
      EXPECT_EQ(send(created), CaptureOutcome::stored);
      if (std::holds_alternative<domain::HandedOver>(body)) {
        domain::GoodsReceived goods;
        goods.condition = domain::ReasonId("opened");
        EXPECT_EQ(send(till.about(created, goods)), CaptureOutcome::stored);
      }
      return till.about(created, body);
    };
  }
};

TEST_P(Limits, EveryTextOfANewTicketIsKeptAtItsLimit) {
  EXPECT_GE(stretch([this] { return till.created(wordy_content()); }), 35);
}

TEST_P(Limits, EveryTextOfALaterEventIsKeptAtItsLimit) {
  const auto content = wordy_content();
  domain::Amended amended;
  amended.changes.ticket.details = "more";
  amended.changes.complainant = content.complainant;
  amended.changes.customer.emplace(content.customer);
  amended.changes.transaction.emplace(content.transaction);
  amended.reason = "asked";
  amended.approved_by = domain::Clerk{"m1", "Max"};
  EXPECT_GE(stretch(about_a_ticket(amended)), 35);
  EXPECT_GE(stretch(about_a_ticket(domain::Withdrawn{"asked", domain::Clerk{"m1", "Max"}})), 6);
  EXPECT_GE(stretch(about_a_ticket(domain::Commented{"Box", domain::Visibility::public_})), 6);
  domain::GoodsReceived goods;
  goods.condition = domain::ReasonId("opened");
  goods.accessories = {"cable"};
  goods.serial = "SN-1";
  goods.tag = "T-1";
  goods.shelf = "B4";
  EXPECT_GE(stretch(about_a_ticket(goods)), 10);
  EXPECT_GE(stretch(about_a_ticket(domain::HandedOver{"Anna", "showed the slip"})), 8);
}

TEST_P(Limits, AllTextsTogetherFitTheColumnsOfATicket) {
  const auto capture = till.created(wordy_content());
  auto document = document_of(capture);
  for (const auto& member : texts_of(document)) {
    if (kBound.contains(member.to_string()) || member.to_string() == "/body/ticket/details") continue;
    for (const auto filler : kFillers) {
      if (const auto text = at_limit(document, member, filler); !text.empty()) {
        document[member] = text;
        break;
      }
    }
  }
  const Pointer details("/body/ticket/details");
  document[details] = at_limit(document, details, kWide);
  const auto outcome = till.send_one(transport(), till.sign(document.dump()));
  ASSERT_EQ(outcome.outcome, CaptureOutcome::stored) << (outcome.problem ? outcome.problem->field : "");
  const auto& body = document["body"];
  const auto ticket = server::load_ticket(*server.database().reader(), capture.ticket_id.str());
  EXPECT_EQ(ticket->language, body["language"]);
  EXPECT_EQ(ticket->clerk_id, document["clerk"]["id"]);
  EXPECT_EQ(ticket->clerk_name, document["clerk"]["name"]);
  EXPECT_EQ(ticket->customer_id, body["customer"]["id"]);
  EXPECT_EQ(ticket->customer_name, body["complainant"]["name"]);
  EXPECT_EQ(ticket->mobile, body["complainant"]["mobile"]);
  EXPECT_EQ(ticket->email, body["complainant"]["email"]);
  EXPECT_EQ(ticket->transaction_id, body["transaction"]["id"]);
  EXPECT_EQ(ticket->transaction_store, body["transaction"]["store"]);
  EXPECT_EQ(ticket->details, body["ticket"]["details"]);
}

// A card number is masked after lengths were checked.
TEST_P(Limits, AMaskedCardNumberDoesNotMakeANameTooLong) {
  auto content = wordy_content();
  content.complainant.name = extended("", kWide, 106) + " 4222222222222";
  EXPECT_EQ(send(till.created(content)), CaptureOutcome::stored);
  EXPECT_EQ(server.text("SELECT customer_name FROM tickets"), extended("", kWide, 106) + " [card **2222]");
}

TEST_P(Limits, ATillMayBeVerboseAboutItself) {
  FakeTill other(server.clock(), "S001", "S001-T2");
  auto request = other.enrol_request(server.enrolment_code("S001", "S001-T2"));
  auto wish = json::parse(request.body);
  wish["device"] = {{"plugin_version", extended("", kWide, 200)}, {"host", extended("", kWide, 200)}};
  request.body = wish.dump();
  EXPECT_EQ(server.send(request).status, 201);
  EXPECT_EQ(server.text("SELECT plugin_version FROM tills WHERE till = 'S001-T2'"), extended("", kWide, 200));
}

CCMS_ON_BOTH_BACKENDS(Limits);

}  // namespace
}  // namespace ccms::test
