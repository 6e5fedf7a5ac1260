#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/domain/encoding.h"
#include "tests/server/http/access_rows.h"

namespace ccms::test {
namespace {

using nlohmann::json;

bool succeeded(int status) { return status >= 200 && status < 300; }

/// An answer as text, with the captures in it as they were before they became Base64.
std::string text_of(const Answer& answer) {
  std::string text = answer.response.body;
  for (const auto& [name, value] : answer.response.headers) text += "\n" + name + ": " + value;
  if (!answer.json.is_object() || !answer.json.contains("captures") || !answer.json["captures"].is_array())
    return text;
  for (const json& capture : answer.json["captures"])
    text += domain::base64_decode(capture["capture"].get<std::string>()).value_or("");
  return text;
}

class AccessMatrix : public AccessChain {
 protected:
  /// Every cell of a row.
  void check(const Row& row) {
    for (const Asker& asker : askers) {
      for (const Subject& subject : subjects) check(row, asker, subject);
    }
    if (is_of_tickets(row.rule)) {
      for (const Subject& subject : subjects) {
        const bool is_for_none = row.rule == Rule::till_list && subject.name == "confidential";
        EXPECT_EQ(granted_[row.route + subject.name] > 0, !is_for_none) << row.route << ", " << subject.name;
      }
    } else {
      EXPECT_GT(granted_[row.route], 0) << row.route << " is granted to nobody";
    }
  }

  static bool is_of_tickets(Rule rule) {
    return rule == Rule::of_ticket || rule == Rule::of_pair || rule == Rule::list || rule == Rule::till_list;
  }

  /// One cell.
  void check(const Row& row, const Asker& asker, const Subject& subject) {
    if (!row.probes) return;
    for (const Probe& probe : row.probes(subject)) {
      SCOPED_TRACE(asker.name + ", " + subject.name + ": " + probe.method + " " + probe.target);
      if (row.rule == Rule::session) sign_in_again(asker);
      const std::string before = fingerprint(subject);
      const std::string other_before = fingerprint(other_of(subject));
      const Answer answer =
          ask(asker, probe.method, with_ids(probe.target, subject), with_ids(probe.body, subject));
      if (row.rule == Rule::session) sign_in_again(asker);
      const bool in_sight = asker.sees.contains(subject.name);
      EXPECT_LT(answer.status, 500) << answer.response.body;
      if (!in_sight) {
        EXPECT_EQ(fingerprint(subject), before) << "what is out of sight was changed";
      }
      if (!asker.sees.contains(other_of(subject).name)) {
        EXPECT_EQ(fingerprint(other_of(subject)), other_before) << "the other, out of sight, was changed";
      }
      judge(row, probe, asker, subject, answer);
      if (row.rule != Rule::till_by_code) nothing_given_away(asker, answer);
    }
  }

 private:
  /// The ticket that a request about two has as its second.
  const Subject& other_of(const Subject& one) { return subject(one.name == "plain" ? "far" : "plain"); }

  std::string with_ids(std::string text, const Subject& about) {
    const auto put = [&](const std::string& word, const std::string& id) {
      if (const auto at = text.find(word); at != std::string::npos) text.replace(at, word.size(), id);
    };
    put("HEAD", head_);
    put("OTHER", other_of(about).id);
    return text;
  }

  /// No answer, whatever it is about, holds anything of a ticket that the asker may not see.
  void nothing_given_away(const Asker& asker, const Answer& answer) {
    const std::string text = text_of(answer);
    for (const Subject& other : subjects) {
      if (!asker.sees.contains(other.name)) {
        EXPECT_EQ(other.given_away_by(text), "") << other.name << " is given away: " << answer.response.body;
      }
    }
  }

  void note(const Row& row, const Subject& subject, bool was_granted) {
    if (!was_granted) return;
    ++granted_[row.route];
    ++granted_[row.route + subject.name];
  }

  void judge(const Row& row, const Probe& probe, const Asker& asker, const Subject& subject,
             const Answer& answer) {
    const bool in_sight = asker.sees.contains(subject.name);
    const bool is_till = asker.kind == Asker::Kind::till;
    switch (row.rule) {
      case Rule::of_ticket:
        if (in_sight && asker.is_signed_in()) {
          EXPECT_TRUE(succeeded(answer.status)) << answer.status << answer.response.body;
          return note(row, subject, succeeded(answer.status));
        }
        EXPECT_EQ(answer.status, asker.is_signed_in() ? 404 : 401);
        return;
      case Rule::of_pair:
        if (in_sight && asker.is_signed_in() && asker.sees.contains(other_of(subject).name)) {
          EXPECT_NE(answer.status, 404) << answer.response.body;
          return note(row, subject, answer.status != 404);
        }
        if (!in_sight || !asker.is_signed_in()) expect_status(answer, asker.is_signed_in() ? 404 : 401);
        return;
      case Rule::list:
        if (!asker.is_signed_in()) return expect_status(answer, 401);
        expect_status(answer, 200);
        return judge_list(row, probe, asker, subject, answer);
      case Rule::till_list:
        if (!is_till) return expect_status(answer, 401);
        expect_status(answer, 200);
        return judge_list(row, probe, asker, subject, answer);
      case Rule::permission:
        if (!asker.is_signed_in()) return expect_status(answer, 401);
        EXPECT_EQ(answer.status != 403, asker.may.contains(row.permission)) << answer.response.body;
        return note(row, subject, answer.status != 403);
      case Rule::signed_in:
        expect_status(answer, asker.is_signed_in() ? 200 : 401);
        return note(row, subject, answer.status == 200);
      case Rule::session:
        EXPECT_EQ(succeeded(answer.status), asker.kind == Asker::Kind::staff) << answer.status;
        return note(row, subject, succeeded(answer.status));
      case Rule::open:
        return note(row, subject, true);
      case Rule::till_by_code:
        if (!is_till) return expect_status(answer, 401);
        expect_status(answer, subject.name == "confidential" ? 404 : 200);
        EXPECT_EQ(answer.response.body.find(subject.customer), std::string::npos) << "the name is masked";
        EXPECT_EQ(answer.response.body.find(subject.mobile), std::string::npos) << "the number is masked";
        return note(row, subject, answer.status == 200);
      case Rule::till:
        EXPECT_EQ(answer.status == 401, !is_till) << answer.status;
        return note(row, subject, answer.status != 401);
    }
  }

  static void expect_status(const Answer& answer, int status) {
    EXPECT_EQ(answer.status, status) << answer.response.body;
  }

  void judge_list(const Row& row, const Probe& probe, const Asker& asker, const Subject& subject,
                  const Answer& answer) {
    const bool found = answer.response.body.find(subject.id) != std::string::npos;
    if (probe.finds) {
      EXPECT_EQ(found, asker.sees.contains(subject.name)) << answer.response.body;
      note(row, subject, found);
    }
    // A list is counted as it is listed: with several pages, over all of them.
    if (answer.json.contains("count") && !answer.json.contains("next_cursor")) {
      EXPECT_EQ(answer.json["count"], answer.json["tickets"].size());
    }
    if (answer.json.contains("count") && asker.sees.empty()) {
      EXPECT_EQ(answer.json["count"], 0);
    }
  }

  const std::string head_ = server.user_id_of("head");
  std::map<std::string, int> granted_;
};

TEST_P(AccessMatrix, HasARowForEveryRoute) {
  std::set<std::string> routes;
  for (const auto& route : server.router().routes()) routes.insert(route.method + " " + route.pattern);
  std::set<std::string> rows;
  for (const Row& row : access_rows()) rows.insert(row.route);
  EXPECT_EQ(routes, rows) << "who may do it, and what may be in the answer? Give the route a row.";
}

TEST_P(AccessMatrix, EveryCellOutsideTheScopeIsDeniedAndEveryOneInsideIsGranted) {
  for (const Row& row : access_rows()) {
    if (row.probes) check(row);
  }
}

TEST_P(AccessMatrix, AMergedTicketIsOutOfSightForWhomTheOneThatAnswersForItIs) {
  const Subject merged = merge_into_far();
  const auto sees_far = [](const Asker& asker) { return asker.sees.contains("far"); };
  ASSERT_TRUE(std::any_of(askers.begin(), askers.end(), sees_far));
  for (const Row& row : access_rows()) {
    if (!is_of_tickets(row.rule)) continue;
    for (const Asker& asker : askers) {
      if (!sees_far(asker)) check(row, asker, merged);
    }
  }
}

TEST_P(AccessMatrix, FiguresCountWhatIsInSightAndNothingElse) {
  for (const Asker& asker : askers) {
    if (!asker.is_signed_in()) continue;
    SCOPED_TRACE(asker.name);
    std::set<std::string> stores, departments;
    std::size_t total = 0;
    for (const Subject& subject : subjects) {
      if (subject.training || !asker.sees.contains(subject.name)) continue;
      ++total;
      stores.insert(subject.store);
      departments.insert(subject.department);
    }
    const json figures = ask(asker, "GET", "/api/v1/stats", "").json;
    EXPECT_EQ(figures["tickets"]["total"], total);
    const auto names_in = [](const json& counts) {
      std::set<std::string> names;
      for (const auto& [name, count] : counts.items()) names.insert(name);
      return names;
    };
    EXPECT_EQ(names_in(figures["tickets"]["by_store"]), stores);
    EXPECT_EQ(names_in(figures["tickets"]["by_department"]), departments);
    EXPECT_EQ(figures["notifications"]["by_state"].empty(), total == 0) << figures["notifications"];
    EXPECT_EQ(ask(asker, "GET", "/api/v1/tickets", "").json["count"], total);
    // Pages lead through what is in sight, and end there.
    std::set<std::string> paged;
    std::string cursor;
    do {
      const std::string next = cursor.empty() ? "" : "&cursor=" + cursor;
      const json page = ask(asker, "GET", "/api/v1/tickets?limit=1" + next, "").json;
      for (const json& row : page["tickets"]) paged.insert(row["ticket_id"]);
      cursor = page.value("next_cursor", "");
    } while (!cursor.empty());
    EXPECT_EQ(paged.size(), total);
  }
}

TEST_P(AccessMatrix, TillsAreSeenByWhoAnswersForTheirStore) {
  const std::map<std::string, std::set<std::string>> seen_by = {
      {"store-in", {"S001-T1"}},
      {"area-in", {"S001-T1"}},
      {"zone-in", {"S001-T1"}},
      {"store-out", {}},
      {"entity-out", {"S006-T1"}},
      {"zone-out", {"S006-T1"}},
      {"repairs", {}},
      {"office", {}},
      {"guest", {}},
      {"client-none", {}},
      {"nobody", {}},
      {"overview", {"S001-T1", "S006-T1", "S008-T1"}},
      {"head", {"S001-T1", "S006-T1", "S008-T1"}}};
  for (const Asker& asker : askers) {
    const auto expected = seen_by.find(asker.name);
    if (expected == seen_by.end()) continue;
    std::set<std::string> tills;
    const json figures = ask(asker, "GET", "/api/v1/stats", "").json;
    for (const json& till : figures["tills"]) tills.insert(till["till"]);
    EXPECT_EQ(tills, expected->second) << asker.name;
    EXPECT_EQ(figures["captures"]["received"].get<int>() > 0, tills.contains("S001-T1")) << asker.name;
  }
}

TEST_P(AccessMatrix, AHintAtADuplicateNamesNothingThatIsOutOfSight) {
  int named = 0;
  for (const Asker& asker : askers) {
    for (const Subject& subject : subjects) {
      if (subject.receipt.empty()) continue;
      SCOPED_TRACE(asker.name + ", " + subject.name);
      const std::string before = fingerprint(subject);
      json request = request_on_purchase_of(subject);
      if (asker.sees.contains(subject.name)) request["store"] = subject.store;  // where they may take it in
      const Answer answer = ask(asker, "POST", "/api/v1/tickets", request.dump(),
                                {{"Idempotency-Key", asker.name + subject.name}});
      EXPECT_EQ(fingerprint(subject), before);
      if (asker.sees.contains(subject.name) && asker.is_signed_in()) {
        EXPECT_EQ(answer.code(), "duplicate_suspected") << answer.response.body;
        EXPECT_EQ(subject.given_away_by(answer.response.body), subject.code);
        ++named;
      } else {
        Subject unsaid = subject;
        unsaid.receipt.clear();  // the asker said it
        EXPECT_EQ(unsaid.given_away_by(answer.response.body), "") << answer.response.body;
        if (subject.name == "confidential") {
          EXPECT_NE(answer.code(), "duplicate_suspected");
        }
      }
      EXPECT_FALSE(asker.grants.empty() && succeeded(answer.status));
      if (succeeded(answer.status)) {  // so that the next asker finds what this one found
        server.database().writer()->execute("UPDATE tickets SET withdrawn = 1 WHERE ticket_id = ?",
                                            {answer.json["ticket"]["ticket_id"].get<std::string>()});
      }
    }
  }
  EXPECT_GT(named, 0);
}

TEST_P(AccessMatrix, ATillOfAnotherStoreChangesNoTicketButByWhatItIsShown) {
  Asker other, own;
  for (const Asker& asker : askers) {
    if (asker.name == "other-till") other = asker;
    if (asker.name == "till") own = asker;
  }
  const auto withdraw = [&](const Asker& asker, const Subject& subject) {
    FakeTill& device = till_of(asker);
    auto capture = device.capture(domain::Withdrawn{"customer_changed_mind", std::nullopt});
    capture.ticket_id = domain::TicketId(subject.id);
    capture.training = subject.training;
    return device.send_one(transport(), device.sign(capture));
  };
  for (const Subject& subject : subjects) {
    SCOPED_TRACE(subject.name);
    const std::string before = fingerprint(subject);
    const auto outcome = withdraw(other, subject);
    EXPECT_EQ(outcome.outcome, wire::CaptureOutcome::rejected);
    EXPECT_EQ(outcome.problem.value().code, "unknown_ticket");
    EXPECT_EQ(fingerprint(subject), before);
  }
  EXPECT_EQ(withdraw(own, subject("plain")).outcome, wire::CaptureOutcome::stored);

  // A comment is taken in any store, for whoever shows the code; of a confidential ticket in no other.
  const Subject& hidden = subject("confidential");
  FakeTill& device = till_of(other);
  auto comment = device.capture(domain::Commented{"they are here again", domain::Visibility::internal});
  comment.ticket_id = domain::TicketId(hidden.id);
  const std::string before = fingerprint(hidden);
  EXPECT_EQ(device.send_one(transport(), device.sign(comment)).outcome, wire::CaptureOutcome::rejected);
  EXPECT_EQ(fingerprint(hidden), before);
}

TEST_P(AccessMatrix, AnEscalationTellsNobodyWhoMayNotSeeTheTicket) {
  for (const Subject& subject : subjects) {
    int told = 0;
    for (const Asker& asker : askers) {
      if (asker.kind != Asker::Kind::staff) continue;
      const auto messages =
          server.count("SELECT COUNT(*) AS n FROM notifications WHERE ticket_id = ? AND recipient = ?",
                       {subject.id, asker.email()});
      if (!asker.sees.contains(subject.name)) {
        EXPECT_EQ(messages, 0) << asker.name << ", " << subject.name;
      }
      if (messages > 0) ++told;
    }
    EXPECT_EQ(told > 0, !subject.training) << subject.name;
  }
}

TEST_P(AccessMatrix, WhoMayNotCommentIsRefusedAndWhoMayIsNot) {
  json chain = access_settings();
  chain["roles"].push_back({{"id", "reader"},
                            {"name", {{"en", "Reader"}, {"de", "Leser"}}},
                            {"scope", "department"},
                            {"permissions", {"tickets.view"}}});
  server.publish(chain.dump());
  server.restart();
  const Caller reader = server.sign_in_as("reader", {{"reader", "repairs"}});
  const Subject& ticket = subject("plain");
  const std::string address = "/api/v1/tickets/" + ticket.id;
  EXPECT_EQ(server.get(reader, address).status, 200);
  const std::string before = fingerprint(ticket);
  const Answer refused = server.post(reader, address + "/comments", {{"text", "hello"}});
  EXPECT_EQ(refused.status, 403) << refused.response.body;
  EXPECT_EQ(refused.code(), "forbidden");
  EXPECT_EQ(fingerprint(ticket), before);
}

TEST_P(AccessMatrix, NobodyIsGivenATicketThatTheyWouldNotSee) {
  Asker head;
  for (const Asker& asker : askers) {
    if (asker.name == "head") head = asker;
  }
  for (const Asker& asker : askers) {
    if (asker.kind != Asker::Kind::staff) continue;
    for (const Subject& subject : subjects) {
      if (asker.sees.contains(subject.name)) continue;
      const std::string before = fingerprint(subject);
      const Answer answer =
          ask(head, "POST", "/api/v1/tickets/" + subject.id + "/actions",
              json{{"action", "assign"}, {"assignee", server.user_id_of(asker.name)}}.dump());
      EXPECT_EQ(answer.status, 422) << asker.name << ", " << subject.name << answer.response.body;
      EXPECT_EQ(fingerprint(subject), before) << asker.name << ", " << subject.name;
    }
  }
}

TEST_P(AccessMatrix, AnAssigneeWhoWorksSomewhereElseNowIsNotWrittenTo) {
  json chain = access_settings();
  chain["notifications"]["rules"].push_back({{"id", "assignee_commented"},
                                             {"on", "step"},
                                             {"steps", {"assign"}},
                                             {"to", "assignee"},
                                             {"channels", {"email"}},
                                             {"template", "department_created"}});
  for (json& transition : chain["workflows"][0]["transitions"]) {
    if (transition["action"] == "start") transition["who"] = {"hq"};
  }
  chain["notifications"]["rules"].push_back({{"id", "assignee_started"},
                                             {"on", "step"},
                                             {"steps", {"start"}},
                                             {"to", "assignee"},
                                             {"channels", {"email"}},
                                             {"template", "department_created"}});
  server.publish(chain.dump());
  server.restart();
  const Subject& ticket = subject("plain");
  const auto written = [&](const char* rule) {
    return server.count(
        "SELECT COUNT(*) AS n FROM notifications WHERE ticket_id = ? AND rule = ? AND recipient = ?",
        {ticket.id, std::string(rule), std::string("repairs@people.example")});
  };
  const auto act = [&](const json& action) {
    EXPECT_EQ(server.post(server.hq(), "/api/v1/tickets/" + ticket.id + "/actions", action).status, 200);
  };
  act({{"action", "assign"}, {"assignee", server.user_id_of("repairs")}});
  EXPECT_EQ(written("assignee_commented"), 1);
  server.database().writer()->execute(
      "UPDATE users SET roles = ? WHERE login = 'repairs'",
      {server::roles_to_json({server::RoleGrant{"department_staff", "loyalty"}})});
  act({{"action", "start"}});
  EXPECT_EQ(written("assignee_started"), 0);
}

INSTANTIATE_TEST_SUITE_P(Databases, AccessMatrix, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
