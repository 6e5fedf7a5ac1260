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
  std::string form_id;  ///< of a creation
  std::string sha256;   ///< computed here, from the bytes
  int times = 0;
};

std::string bytes_of_base64(const std::string& base64) {
  std::istringstream encoded(base64);
  Poco::Base64Decoder decoder(encoded);
  return {std::istreambuf_iterator<char>(decoder), {}};
}

std::string form_id_of(const std::string& capture) {
  const auto document = nlohmann::json::parse(capture, nullptr, false);
  const auto pointer = nlohmann::json::json_pointer("/body/form_id");
  return document.is_object() ? document.value(pointer, "") : "";
}

std::string sha256_of(const std::string& bytes) {
  Poco::SHA2Engine engine(Poco::SHA2Engine::SHA_256);
  engine.update(bytes);
  return Poco::DigestEngine::digestToHex(engine.digest());
}

/// Every accepted capture by event id.
std::map<std::string, StoredCapture> read_captures(const ReadServer& read) {
  std::map<std::string, StoredCapture> captures;
  std::string path = "/api/v1/captures?limit=500";
  while (true) {
    const auto page = read(path);
    for (const auto& item : page.at("captures")) {
      if (item.value("outcome", "") == "rejected") continue;
      auto& stored = captures[item.at("event_id").get<std::string>()];
      stored.ticket_id = item.at("ticket_id").get<std::string>();
      stored.till = item.at("till").get<std::string>();
      const auto bytes = bytes_of_base64(item.at("capture").get<std::string>());
      stored.form_id = form_id_of(bytes);
      stored.sha256 = sha256_of(bytes);
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

/// Every ticket of a till by id; what was made elsewhere nobody here promised.
std::map<std::string, StoredTicket> read_tickets(const ReadServer& read) {
  std::map<std::string, StoredTicket> tickets;
  std::string cursor;
  do {
    const auto page =
        read("/api/v1/tickets?limit=200&sort=created_at" + (cursor.empty() ? "" : "&cursor=" + cursor));
    for (const auto& row : page.at("tickets")) {
      if (row.at("channel") != "till") continue;
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

using IdsById = std::map<std::string, std::set<std::string>>;

/// What may have one of something alone, and has several.
void name_doubles(const IdsById& ids, const std::string& what, const std::string& of,
                  std::vector<std::string>& problems) {
  for (const auto& [id, found] : ids) {
    if (found.size() < 2) continue;
    std::string problem = what + " " + id + " has " + std::to_string(found.size()) + " " + of + ":";
    for (const auto& each : found) problem += " " + each;
    problems.push_back(std::move(problem));
  }
}

std::string count_text(const std::map<std::string, std::uint64_t>& counts, const std::string& name) {
  const auto found = counts.find(name);
  return std::to_string(found == counts.end() ? 0 : found->second);
}

}  // namespace

Reconciliation reconcile(const ReadServer& read, const AcknowledgementLog& acknowledgements,
                         const std::map<std::string, PlannedVerification>& planned_by_ticket,
                         bool ledger_planted) {
  Reconciliation outcome;
  const auto captures = read_captures(read);
  const auto tickets = read_tickets(read);

  std::set<std::string> promised;
  std::set<std::string> promised_tickets;
  IdsById tickets_of_event;
  for (const auto& made : acknowledgements.all()) {
    auto& till = outcome.tills[made.till];
    ++till.made;
    promised.insert(made.event_id);
    promised_tickets.insert(made.ticket_id);
    tickets_of_event[made.event_id].insert(made.ticket_id);
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
  IdsById tickets_of_form;
  IdsById creations_of_ticket;
  for (const auto& [event_id, capture] : captures) {
    if (!capture.form_id.empty()) {
      tickets_of_form[capture.form_id].insert(capture.ticket_id);
      creations_of_ticket[capture.ticket_id].insert(event_id);
      tickets_of_event[event_id].insert(capture.ticket_id);
    }
    const bool unknown = !promised.contains(event_id);
    if (unknown || capture.times > 1) {
      ++outcome.tills[capture.till].duplicate;
      outcome.problems.push_back((unknown ? "nobody acknowledged event " : "twice: event ") + event_id);
    }
  }
  name_doubles(tickets_of_form, "form", "tickets", outcome.problems);
  name_doubles(tickets_of_event, "event", "tickets", outcome.problems);
  name_doubles(creations_of_ticket, "ticket", "creations", outcome.problems);
  for (const auto& [ticket_id, ticket] : tickets) {
    if (!promised_tickets.contains(ticket_id))
      outcome.problems.push_back("nobody acknowledged ticket " + ticket_id);
    if (ticket.times > 1) outcome.problems.push_back("twice: ticket " + ticket_id);
  }
  if (tickets.size() != promised_tickets.size())
    outcome.problems.push_back("the server has " + std::to_string(tickets.size()) + " tickets of tills, " +
                               std::to_string(promised_tickets.size()) + " were acknowledged");

  const auto stats = read("/api/v1/stats");
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
