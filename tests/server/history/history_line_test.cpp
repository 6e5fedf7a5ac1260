#include "server/history/history_line.h"

#include <gtest/gtest.h>

#include "tests/server/history/history_lines.h"

namespace ccms::test {
namespace {

using nlohmann::json;

domain::Error first_error(const json& line) {
  const auto parsed = server::parse_history_line(line.dump());
  return parsed.errors.empty() ? domain::Error{} : parsed.errors.front();
}

TEST(HistoryLine, ReadsTheTicketAndWhatWasDone) {
  const auto ticket = server::parse_history_line(history_line().dump());
  ASSERT_TRUE(ticket.ok());
  EXPECT_EQ(ticket->id.str(), "018dfaa0-7c00-7000-8000-000000000001");
  EXPECT_EQ(ticket->request.content.ticket.details, "The drill stopped after a day");
  EXPECT_EQ(ticket->store->str(), "S001");
  EXPECT_FALSE(ticket->till);
  EXPECT_EQ(domain::format_rfc3339(ticket->created_at), "2024-03-01T10:00:00.000Z");
  ASSERT_EQ(ticket->actions.size(), 2U);
  EXPECT_EQ(ticket->actions[1].request.action, "close");
  EXPECT_EQ(ticket->actions[1].request.resolution_code, "repaired");
  EXPECT_EQ(ticket->actions[1].actor.name, "Emre");
}

TEST(HistoryLine, AnActionMaySayWhatTheCustomerGotAndWhereItsDocumentIs) {
  json line = history_line();
  line["actions"][1]["remedy"] = {{"kind", "refund"}, {"amount", {{"amount", 1999}, {"currency", "EUR"}}}};
  line["actions"][1]["attachment"] = "Credit note 4711";
  const auto ticket = server::parse_history_line(line.dump());
  ASSERT_TRUE(ticket.ok());
  EXPECT_EQ(ticket->actions[1].request.remedy->amount->amount, 1999);
  EXPECT_EQ(ticket->actions[1].request.attachment, "Credit note 4711");
  line["actions"][1]["remedy"]["amount"]["amount"] = -1;
  EXPECT_EQ(first_error(line).field, "/actions/1/remedy/amount/amount");
}

TEST(HistoryLine, ALineWithoutAnIdIsTheSameTicketEveryTime) {
  json line = history_line();
  line.erase("ticket_id");
  const auto once = server::parse_history_line(line.dump());
  const auto again = server::parse_history_line(line.dump());
  ASSERT_TRUE(once.ok());
  EXPECT_TRUE(domain::is_uuid_v7(once->id.str())) << once->id.str();
  EXPECT_EQ(once->id, again->id);
  line["request"]["ticket"]["details"] = "Another drill";
  EXPECT_NE(server::parse_history_line(line.dump())->id, once->id);
}

TEST(HistoryLine, ATillsRequestNamesFormAndClerk) {
  json line = history_line();
  line["request"]["clerk"] = {{"id", "c17"}, {"name", "Mia"}};
  EXPECT_EQ(first_error(line).field, "/request/form_id");
  line["request"]["form_id"] = "018dfaa0-7c00-7000-8000-000000000002";
  EXPECT_TRUE(server::parse_history_line(line.dump()).ok());
}

TEST(HistoryLine, ErrorsNameTheField) {
  const auto field_without = [](const char* name) {
    json line = history_line();
    line.erase(name);
    return first_error(line).field;
  };
  for (const char* name : {"request", "channel", "created_at", "actor", "actions"})
    EXPECT_EQ(field_without(name), std::string("/") + name);
  const auto field_with = [](const char* pointer, const json& value) {
    json line = history_line();
    line[json::json_pointer(pointer)] = value;
    return first_error(line).field;
  };
  for (const auto& [pointer, value] :
       std::initializer_list<std::pair<const char*, json>>{{"/remark", "x"},
                                                           {"/request/store", "S001"},
                                                           {"/request/ticket/colour", "red"},
                                                           {"/channel", "pigeon"},
                                                           {"/actions/0/at", "yesterday"},
                                                           {"/actions/0/at", "2024-02-28T00:00:00.000Z"},
                                                           {"/actions/1/at", "2024-03-01T12:00:00.000Z"},
                                                           {"/actions/1/remark", "x"},
                                                           {"/actions/1/actor/type", "robot"}})
    EXPECT_EQ(field_with(pointer, value), pointer);
  EXPECT_EQ(server::parse_history_line("{").errors.front().code, "not_json");
}

TEST(HistoryLine, ATillNeedsItsStore) {
  json line = history_line();
  line["channel"] = "till";
  line.erase("store");
  EXPECT_EQ(first_error(line).field, "/store");
}

}  // namespace
}  // namespace ccms::test
