#include "server/what_if/replay_report.h"

#include <gmock/gmock.h>

#include <map>
#include <random>

#include "core/db/transaction.h"
#include "server/history/history_importer.h"
#include "server/ledger/ledger.h"
#include "server/settings/settings_store.h"
#include "tests/server/support/staff_server.h"
#include "tests/server/what_if/opening_hours.h"

namespace ccms::test {
namespace {

using namespace std::chrono_literals;
using domain::Instant;
using nlohmann::json;

constexpr int kTickets = 1000;

/// A ticket as the test made it.
struct Made {
  std::string id, store, category;
  std::string asked_priority;  ///< or empty
  Instant created_at;
  std::optional<Instant> closed_at;
};

/// What the test itself works out for a ticket under one of the two documents.
struct Expected {
  std::string department, priority;
  Instant answer_by;
  bool late = false;
  std::map<std::string, Instant> steps;
};

std::string department_of(const std::string& category, bool draft) {
  if (category == "delivery" || category == "missing_item") return draft ? "store_operations" : "delivery";
  if (category == "defective") return "repairs";
  if (category == "store_condition") return "store_operations";
  if (category == "staff_behaviour") return "people";
  return category == "loyalty_points" ? "loyalty" : "customer_care";
}

std::string priority_of(const Made& made, bool draft) {
  if (made.category == "staff_behaviour") return "high";
  if (draft && (made.category == "delivery" || made.category == "missing_item")) return "high";
  return made.asked_priority.empty() ? "medium" : made.asked_priority;
}

Expected expected(const Made& made, Instant now, bool draft) {
  const OpeningHours hours(made.store);
  Expected out{department_of(made.category, draft), priority_of(made, draft), {}, false, {}};
  if (out.priority == "urgent")
    out.answer_by = hours.after(made.created_at, 8h);
  else
    out.answer_by = hours.closing(made.created_at, out.priority == "high" ? 2 : draft ? 3 : 5);
  const auto end = std::min(made.closed_at.value_or(now), now);
  out.late = out.answer_by <= end;
  const auto budget = hours.between(made.created_at, out.answer_by);
  const std::pair<const char*, Instant> steps[] = {
      {"remind", hours.after(made.created_at, budget * 75 / 100)},
      {"late", out.answer_by},
      {"head_office", out.late ? hours.closing(out.answer_by, draft ? 2 : 1) : Instant::max()}};
  for (const auto& [name, at] : steps) {
    if (at <= end) out.steps.emplace(name, at);
  }
  return out;
}

/// The draft: another rule, another turn-around time, another step.
json draft_document() {
  json document = json::parse(sample_settings());
  for (auto& rule : document["routing"]["rules"]) {
    if (rule["id"] == "delivery") rule.update({{"department", "store_operations"}, {"priority", "high"}});
  }
  for (auto& tat : document["turn_around_times"]) {
    if (tat["id"] != "standard") continue;
    tat["maximum"]["amount"] = 3;
    tat["minimum"]["otherwise"]["amount"] = 2;
  }
  auto& step = document["escalation"]["ladders"][0]["steps"][2];
  step["at"]["after"]["amount"] = 2;
  step["notify"]["addresses"] = {"board@nordmarkt.example"};
  return document;
}

class ReplayReportTest : public OnBothDatabases {
 protected:
  /// Tickets of two months, made and worked on at random; times end in milliseconds of their own, so that
  /// nothing happens in the very moment of a deadline.
  void import_tickets() {
    server::Ledger ledger(server.database());
    server::SettingsStore settings(server.database());
    const auto published = settings.current();
    server::HistoryImporter importer(server.database(), ledger, *published, server.clock());
    std::mt19937 random(20261121);
    for (int i = 0; i < kTickets; ++i) {
      const auto line = make(i, random);
      const auto imported = importer.import_line(line.dump());
      ASSERT_TRUE(imported.ok()) << line << imported.errors.front().message << imported.errors.front().field;
    }
  }

  json make(int number, std::mt19937& random) {
    static const char* const kStores[] = {"S001", "S002", "S006", "S008", "S010", "S011", "S013"};
    static const char* const kCategories[] = {"delivery",        "missing_item", "defective",
                                              "store_condition", "other",        "staff_behaviour",
                                              "loyalty_points"};
    static const char* const kPriorities[] = {"", "", "", "low", "high", "urgent"};
    const auto any = [&](const auto& list) { return list[random() % std::size(list)]; };
    const auto before_now = std::chrono::minutes(1 + random() % (60 * 24 * 60));
    const auto now = server.clock().now();
    Made made{"018dfaa0-7c00-7000-8000-" + std::to_string(100'000'000'000 + number),
              any(kStores),
              any(kCategories),
              any(kPriorities),
              std::chrono::floor<std::chrono::minutes>(now) - before_now + 137ms,
              std::nullopt};
    json line = {{"ticket_id", made.id},
                 {"request",
                  {{"kind", "complaint"},
                   {"language", "en"},
                   {"ticket",
                    {{"category", made.category}, {"details", "One of many"}, {"consent_to_contact", false}}},
                   {"complainant", {{"kind", "anonymous"}}},
                   {"proof", {{"kind", "none"}, {"reason", "lost_receipt"}}}}},
                 {"channel", "console"},
                 {"store", made.store},
                 {"created_at", domain::format_rfc3339(made.created_at)},
                 {"actor", {{"type", "staff"}, {"id", "old-3"}, {"name", "Mia"}}},
                 {"actions", json::array()}};
    if (!made.asked_priority.empty()) line["request"]["ticket"]["priority"] = made.asked_priority;
    const auto started_at = made.created_at + std::chrono::minutes(random() % (3 * 24 * 60)) + 20ms;
    const auto closed_at = started_at + std::chrono::minutes(random() % (9 * 24 * 60)) + 20ms;
    const json by = {{"type", "staff"}, {"id", "old-7"}, {"name", "Emre"}};
    if (started_at < now)
      line["actions"].push_back(
          {{"at", domain::format_rfc3339(started_at)}, {"action", "start"}, {"actor", by}});
    if (closed_at < now) {
      made.closed_at = closed_at;
      line["actions"].push_back({{"at", domain::format_rfc3339(closed_at)},
                                 {"action", "close"},
                                 {"resolution_code", "informed"},
                                 {"note", "Told"},
                                 {"actor", by}});
    }
    made_.push_back(made);
    return line;
  }

  void save_draft(const json& document) {
    const auto draft = server.get(server.hq(), "/api/v1/settings/draft");
    StaffServer::Headers headers;
    if (draft.status == 200) headers.emplace_back("If-Match", "*");
    ASSERT_LT(server.call(server.hq(), "PUT", "/api/v1/settings/draft", document.dump(), headers).status,
              300);
  }
  Answer replay(const json& wish) { return server.post(server.hq(), "/api/v1/settings/draft/replay", wish); }

  /// Everything that a replay could have written.
  std::vector<std::int64_t> written() {
    std::vector<std::int64_t> counts;
    for (const char* table : {"tickets", "ticket_events", "ticket_timers", "notifications", "changes",
                              "settings_versions", "settings_drafts"})
      counts.push_back(server.count("SELECT COUNT(*) AS n FROM " + std::string(table)));
    counts.push_back(server.count("SELECT MAX(updated_at) AS n FROM tickets"));
    return counts;
  }

  std::vector<Made> made_;
};

/// Counts as the API gives them.
class Counts {
 public:
  void note(const std::string& what, bool before, bool after, bool differ) {
    auto& count = counts_[what];
    if (before && after && differ) ++count[2];
    if (before && !after) ++count[1];
    if (!before && after) ++count[0];
  }

  json view() const {
    json out = json::object();
    for (const char* what : {"department", "priority", "first_response_by", "answer_by",
                             "first_response_breached", "resolution_breached", "escalation", "lacking"}) {
      const auto found = counts_.find(what);
      const auto count = found == counts_.end() ? std::array<int, 3>{} : found->second;
      out[what] = {{"added", count[0]}, {"dropped", count[1]}, {"changed", count[2]}};
    }
    return out;
  }

 private:
  std::map<std::string, std::array<int, 3>> counts_;
};

/// A ticket's differences as the test works them out: "answer_by", "escalation late" …, before and after.
std::map<std::string, std::string> expected_differences(const Expected& before, const Expected& after,
                                                        Counts& counts) {
  std::map<std::string, std::string> found;
  const auto time = [](Instant at) { return domain::format_rfc3339(at); };
  const auto note = [&](const std::string& what, const std::string& name, const std::string& from,
                        const std::string& to, bool differs) {
    counts.note(what, from != "-", to != "-", differs);
    if (differs) found[name] = from + " " + to;
  };
  note("department", "department", before.department, after.department,
       before.department != after.department);
  note("priority", "priority", before.priority, after.priority, before.priority != after.priority);
  note("answer_by", "answer_by", time(before.answer_by), time(after.answer_by),
       before.answer_by != after.answer_by);
  const std::string late_before = before.late ? time(before.answer_by) : "-";
  const std::string late_after = after.late ? time(after.answer_by) : "-";
  note("resolution_breached", "resolution_breached", late_before, late_after, late_before != late_after);
  for (const std::string step : {"remind", "late", "head_office"}) {
    const auto a = before.steps.find(step);
    const auto b = after.steps.find(step);
    const std::string from = a == before.steps.end() ? "-" : time(a->second);
    const std::string to = b == after.steps.end() ? "-" : time(b->second);
    // The last step tells somebody else whenever it is.
    const bool differs = from != to || (step == "head_office" && from != "-");
    note("escalation", "escalation resolution, " + step, from, to, differs);
  }
  return found;
}

std::string shown(const json& value) {
  if (value.is_null()) return "-";
  return value.is_object() ? value["at"].get<std::string>() : value.get<std::string>();
}

TEST_P(ReplayReportTest, AThousandTicketsUnderADraftDifferAsWorkedOutByHand) {
  import_tickets();
  save_draft(draft_document());
  const auto untouched = written();
  const Answer replayed = replay({{"last", kTickets}});
  ASSERT_EQ(replayed.status, 200) << replayed.response.body;
  EXPECT_EQ(written(), untouched);

  Counts counts;
  std::map<std::string, std::map<std::string, std::string>> differences;
  const auto now = server.clock().now();
  for (const auto& made : made_) {
    auto found = expected_differences(expected(made, now, false), expected(made, now, true), counts);
    if (!found.empty()) differences[made.id] = std::move(found);
  }
  EXPECT_EQ(replayed.json["tickets"], kTickets);
  EXPECT_EQ(replayed.json["unreadable"], 0);
  EXPECT_EQ(replayed.json["counts"], counts.view());
  // So that the comparison is about something.
  for (const char* what : {"department", "priority", "answer_by"})
    EXPECT_GT(replayed.json["counts"][what]["changed"], 0) << what;
  EXPECT_GT(replayed.json["counts"]["resolution_breached"]["added"], 0);
  for (const char* how : {"added", "dropped", "changed"})
    EXPECT_GT(replayed.json["counts"]["escalation"][how], 0) << how;

  std::map<std::string, std::map<std::string, std::string>> listed;
  for (const auto& ticket : replayed.json["changed"]) {
    for (const auto& difference : ticket["differences"]) {
      const auto subject = difference.value("subject", "");
      listed[ticket["ticket_id"]][difference["what"].get<std::string>() + (subject.empty() ? "" : " ") +
                                  subject] = shown(difference["before"]) + " " + shown(difference["after"]);
    }
  }
  ASSERT_EQ(listed.size(), differences.size());
  for (const auto& [id, found] : differences) EXPECT_EQ(listed[id], found) << id;

  save_draft(json::parse(sample_settings()));
  const Answer same = replay({{"last", kTickets}});
  EXPECT_EQ(same.json["tickets"], kTickets);
  EXPECT_EQ(same.json["changed"], json::array()) << "the document is the same";
  EXPECT_EQ(same.json["counts"], Counts().view());
}

TEST_P(ReplayReportTest, TheLastTicketsAreTheNewestThatAreNoTraining) {
  for (int i = 0; i < 4; ++i) {
    server.create_ticket(StaffServer::ticket_request());
    server.clock().advance(1h);
  }
  db::with_transaction(server.database(), [&](db::Connection& connection) {
    connection.execute(
        "UPDATE tickets SET training = 1 WHERE created_at = (SELECT newest FROM (SELECT "
        "MAX(created_at) AS newest FROM tickets) AS t)");
  });
  json document = json::parse(sample_settings());
  for (auto& rule : document["routing"]["rules"]) {
    if (rule["id"] == "defect") rule["department"] = "store_operations";
  }
  save_draft(document);
  const Answer two = replay({{"last", 2}});
  ASSERT_EQ(two.json["changed"].size(), 2U) << two.response.body;
  EXPECT_GT(two.json["changed"][0]["created_at"], two.json["changed"][1]["created_at"]);
  EXPECT_EQ(replay(json::object()).json["tickets"], 3);
}

TEST_P(ReplayReportTest, AMergedTicketIsAnsweredForByAnother) {
  const json into = server.create_ticket(StaffServer::ticket_request());
  const json merged = server.create_ticket(StaffServer::ticket_request());
  const Answer answer =
      server.post(server.hq(), "/api/v1/tickets/" + merged["code"].get<std::string>() + "/merge",
                  {{"into", into["code"]}, {"note", "Twice"}, {"accept_later_deadline", true}});
  ASSERT_EQ(answer.status, 200) << answer.response.body;
  save_draft(json::parse(sample_settings()));
  EXPECT_EQ(replay(json::object()).json["tickets"], 1);
}

TEST_P(ReplayReportTest, NeedsNoWriter) {
  server.create_ticket(StaffServer::ticket_request());
  const auto before = server::candidate_of(sample_settings()).candidate;
  const auto after = server::candidate_of(draft_document().dump()).candidate;
  const auto writer = server.database().writer();
  const db::Transaction somebody_writes(*writer);
  const auto report =
      server::replay_last_tickets(server.database(), 10, *before, *after, server.clock().now());
  EXPECT_EQ(report.tickets, 1);
}

TEST_P(ReplayReportTest, ATicketThatIsDamagedIsCountedAndHoldsUpNoOther) {
  server.create_ticket(StaffServer::ticket_request());
  server.create_ticket(StaffServer::ticket_request());
  db::with_transaction(server.database(), [&](db::Connection& connection) {
    connection.execute(
        "UPDATE tickets SET custom = '{' WHERE ticket_id = (SELECT first FROM (SELECT "
        "MIN(ticket_id) AS first FROM tickets) AS t)");
  });
  save_draft(draft_document());
  const Answer replayed = replay(json::object());
  EXPECT_EQ(replayed.json["tickets"], 2) << replayed.response.body;
  EXPECT_EQ(replayed.json["unreadable"], 1);
}

TEST_P(ReplayReportTest, WhatTheDraftLacksIsListed) {
  json request = StaffServer::ticket_request();
  request["ticket"]["category"] = "store_condition";
  server.create_ticket(request);
  json document = json::parse(sample_settings());
  std::erase_if(document["categories"].get_ref<json::array_t&>(),
                [](const json& category) { return category["id"] == "store_condition"; });
  std::erase_if(document["routing"]["rules"].get_ref<json::array_t&>(),
                [](const json& rule) { return rule["id"] == "store"; });
  save_draft(document);
  const Answer replayed = replay(json::object());
  ASSERT_EQ(replayed.json["changed"].size(), 1U) << replayed.response.body;
  const json lacking = {
      {"what", "lacking"}, {"subject", "category"}, {"before", "store_condition"}, {"after", nullptr}};
  EXPECT_THAT(replayed.json["changed"][0]["differences"], testing::Contains(lacking));
}

INSTANTIATE_TEST_SUITE_P(Databases, ReplayReportTest, ::testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
