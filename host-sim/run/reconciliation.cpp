#include "host-sim/run/reconciliation.h"

#include <Poco/Base64Decoder.h>
#include <Poco/DigestEngine.h>
#include <Poco/SHA2Engine.h>

#include <iomanip>
#include <set>
#include <sstream>
#include <utility>

namespace ccms::host_sim {
namespace {

struct StoredCapture {
  std::string ticket_id;
  std::string till;
  std::string sha256;  ///< computed here, from the bytes
  int times = 0;
};

std::string sha256_of_base64(const std::string& base64) {
  std::istringstream encoded(base64);
  Poco::Base64Decoder decoder(encoded);
  const std::string bytes{std::istreambuf_iterator<char>(decoder), {}};
  Poco::SHA2Engine engine(Poco::SHA2Engine::SHA_256);
  engine.update(bytes);
  return Poco::DigestEngine::digestToHex(engine.digest());
}

/// Every accepted capture by event id.
std::map<std::string, StoredCapture> read_captures(ServerClient& server) {
  std::map<std::string, StoredCapture> captures;
  std::string path = "/api/v1/captures?limit=500";
  while (true) {
    const auto page = server.get(path);
    for (const auto& item : page.at("captures")) {
      if (item.value("outcome", "") == "rejected") continue;
      auto& stored = captures[item.at("event_id").get<std::string>()];
      stored.ticket_id = item.at("ticket_id").get<std::string>();
      stored.till = item.at("till").get<std::string>();
      stored.sha256 = sha256_of_base64(item.at("capture").get<std::string>());
      ++stored.times;
    }
    if (!page.contains("next") || page.at("next").is_null()) return captures;
    const auto& next = page.at("next");
    path = "/api/v1/captures?limit=500&after=" + (next.is_string() ? next.get<std::string>() : next.dump());
  }
}

struct StoredTicket {
  std::string verification;
  std::string department;
  int times = 0;
};

std::map<std::string, StoredTicket> read_tickets(ServerClient& server) {
  std::map<std::string, StoredTicket> tickets;
  std::string cursor;
  do {
    const auto page =
        server.get("/api/v1/tickets?limit=200&sort=created_at" + (cursor.empty() ? "" : "&cursor=" + cursor));
    for (const auto& row : page.at("tickets")) {
      auto& ticket = tickets[row.at("ticket_id").get<std::string>()];
      const auto& verification = row.at("verification");
      ticket.verification = verification.is_object() ? verification.at("state").get<std::string>()
                                                     : verification.get<std::string>();
      ticket.department = row.value("department", "");
      ++ticket.times;
    }
    cursor = page.value("next_cursor", "");
  } while (!cursor.empty());
  return tickets;
}

std::string name_of(PlannedVerification planned) {
  switch (planned) {
    case PlannedVerification::kVerified:
      return "verified";
    case PlannedVerification::kPending:
      return "pending";
    case PlannedVerification::kMismatch:
      return "mismatch";
  }
  return "";
}

std::string count_text(const std::map<std::string, std::uint64_t>& counts, const std::string& name) {
  const auto found = counts.find(name);
  return std::to_string(found == counts.end() ? 0 : found->second);
}

}  // namespace

Reconciliation reconcile(ServerClient& server, const AcknowledgementLog& acknowledgements,
                         const std::map<std::string, PlannedVerification>& planned_by_ticket,
                         bool ledger_planted) {
  Reconciliation outcome;
  const auto captures = read_captures(server);
  const auto tickets = read_tickets(server);

  std::set<std::string> promised;
  for (const auto& made : acknowledgements.all()) {
    auto& till = outcome.tills[made.till];
    ++till.made;
    promised.insert(made.event_id);
    const auto capture = captures.find(made.event_id);
    const auto ticket = tickets.find(made.ticket_id);
    if (capture == captures.end() || ticket == tickets.end()) {
      ++till.lost;
      outcome.problems.push_back("lost: ticket " + made.code + " of till " + made.till);
    } else if (capture->second.sha256 != made.sha256) {
      ++till.altered;
      outcome.problems.push_back("altered: ticket " + made.code + " of till " + made.till);
    } else {
      ++till.stored;
    }
    if (ticket == tickets.end()) continue;
    ++till.verification[ticket->second.verification];
    ++outcome.departments[ticket->second.department.empty() ? "-" : ticket->second.department];
    if (!ledger_planted) continue;
    const auto planned = name_of(planned_by_ticket.at(made.ticket_id));
    ++outcome.planned_verification[planned];
    if (planned != ticket->second.verification)
      outcome.problems.push_back("verification of " + made.code + " is " + ticket->second.verification +
                                 ", planted was " + planned);
  }
  for (const auto& [event_id, capture] : captures) {
    const bool unknown = !promised.contains(event_id);
    if (unknown || capture.times > 1) {
      ++outcome.tills[capture.till].duplicate;
      outcome.problems.push_back((unknown ? "nobody acknowledged event " : "twice: event ") + event_id);
    }
  }
  for (const auto& [ticket_id, ticket] : tickets)
    if (ticket.times > 1) outcome.problems.push_back("twice: ticket " + ticket_id);

  const auto stats = server.get("/api/v1/stats");
  for (const auto& till : stats.at("tills"))
    if (const auto found = outcome.tills.find(till.at("till").get<std::string>());
        found != outcome.tills.end())
      found->second.resent = till.at("duplicate").get<std::uint64_t>();
  for (const auto& [state, count] : stats.at("notifications").at("by_state").items())
    outcome.notifications[state] = count.get<std::uint64_t>();
  return outcome;
}

std::string table_of(const Reconciliation& outcome) {
  std::ostringstream out;
  const auto row = [&out](const auto&... cells) {
    bool first = true;
    ((out << (first ? std::left : std::right) << std::setw(first ? 12 : 10) << cells, first = false), ...);
    out << '\n';
  };
  row("till", "made", "stored", "duplicate", "resent", "lost", "verified", "pending", "mismatch");
  TillOutcome total;
  for (const auto& [name, till] : outcome.tills) {
    row(name, till.made, till.stored, till.duplicate, till.resent, till.lost,
        count_text(till.verification, "verified"), count_text(till.verification, "pending"),
        count_text(till.verification, "mismatch"));
    total.made += till.made;
    total.stored += till.stored;
    total.duplicate += till.duplicate;
    total.resent += till.resent;
    total.lost += till.lost;
    for (const auto& [state, count] : till.verification) total.verification[state] += count;
  }
  row("all", total.made, total.stored, total.duplicate, total.resent, total.lost,
      count_text(total.verification, "verified"), count_text(total.verification, "pending"),
      count_text(total.verification, "mismatch"));
  if (!outcome.planned_verification.empty())
    row("planted", "", "", "", "", "", count_text(outcome.planned_verification, "verified"),
        count_text(outcome.planned_verification, "pending"),
        count_text(outcome.planned_verification, "mismatch"));
  out << "\nrouted to\n";
  for (const auto& [department, count] : outcome.departments)
    out << "  " << std::left << std::setw(24) << department << std::right << std::setw(8) << count << '\n';
  out << "notified\n";
  for (const auto& [state, count] : outcome.notifications)
    out << "  " << std::left << std::setw(24) << state << std::right << std::setw(8) << count << '\n';
  return out.str();
}

nlohmann::ordered_json json_of(const Reconciliation& outcome) {
  nlohmann::ordered_json tills;
  for (const auto& [name, till] : outcome.tills)
    tills[name] = {{"made", till.made},
                   {"stored", till.stored},
                   {"duplicate", till.duplicate},
                   {"resent", till.resent},
                   {"lost", till.lost},
                   {"altered", till.altered},
                   {"verification", till.verification}};
  return {{"tills", tills},
          {"planted_verification", outcome.planned_verification},
          {"departments", outcome.departments},
          {"notifications", outcome.notifications},
          {"problems", outcome.problems}};
}

}  // namespace ccms::host_sim
