#include "server/history/history_importer.h"

#include <string>

#include "core/crypto/digest.h"
#include "core/db/transaction.h"
#include "core/settings/form.h"
#include "server/actions/ticket_actions.h"
#include "server/deadlines/deadlines.h"
#include "server/deadlines/escalations.h"
#include "server/intake/intake.h"
#include "server/notify/outbox.h"

namespace ccms::server {
namespace {

using domain::Error;
using domain::Result;

const EventActor kImporter{"system", "history_import", "CCMS"};
const workflow::Roles kEveryRole = {std::string(workflow::kAnybody)};

EventActor event_actor(const domain::Actor& actor) {
  return {std::string(domain::to_text(actor.type)), actor.id, actor.name};
}

std::string pointer_to_action(std::size_t index) { return "/actions/" + std::to_string(index); }

Error below(const std::string& pointer, Error error) {
  error.field.insert(0, pointer);
  return error;
}

bool exists(db::Database& database, const domain::TicketId& id) {
  const db::Lease reader = database.reader();
  return !reader->query("SELECT ticket_id FROM tickets WHERE ticket_id = ?", {id.str()}).empty();
}

void check_place(const HistoricTicket& ticket, const settings::Settings& settings,
                 std::vector<Error>& errors) {
  if (!ticket.store) return;
  if (!settings.find_store(ticket.store->str())) {
    errors.push_back({"bad_value", "there is no such store", "/store"});
  } else if (ticket.till) {
    const settings::Store* place = settings.find_store_of_till(ticket.till->str());
    if (!place || place->id != ticket.store->str())
      errors.push_back({"bad_value", "there is no such till in this store", "/till"});
  }
}

void check_past(const HistoricTicket& ticket, Instant now, std::vector<Error>& errors) {
  const auto check = [&](Instant at, const std::string& field) {
    if (at > now) errors.push_back({"bad_value", "this lies in the future", field});
  };
  check(ticket.created_at, "/created_at");
  for (std::size_t i = 0; i < ticket.actions.size(); ++i)
    check(ticket.actions[i].at, pointer_to_action(i) + "/at");
}

NewTicket new_ticket(const HistoricTicket& ticket, const PurchaseEvidence& evidence,
                     std::int64_t settings_version) {
  NewTicket wish;
  wish.ticket_id = ticket.id.str();
  wish.content = ticket.request.content;
  wish.channel = ticket.channel;
  wish.actor = event_actor(ticket.actor);
  if (ticket.store) wish.store = ticket.store->str();
  if (ticket.till) wish.till = ticket.till->str();
  if (ticket.request.form_id) wish.form_id = ticket.request.form_id->str();
  wish.settings_version = settings_version;
  wish.created_at = ticket.created_at;
  wish.evidence = evidence;
  wish.in_the_past = true;
  return wish;
}

NewEvent imported_event(std::string_view line, Instant now) {
  NewEvent event;
  event.type = "imported";
  event.actor = kImporter;
  event.at = now;
  event.data = {{"line_sha256", crypto::sha256_hex(line)}};
  return event;
}

}  // namespace

ImportedLine HistoryImporter::import_line(std::string_view line) {
  using Outcome = ImportedLine::Outcome;
  auto parsed = parse_history_line(line);
  if (!parsed) return {Outcome::refused, std::move(parsed.errors)};
  HistoricTicket& ticket = *parsed.value;
  // Before the rules are looked at: they may have changed since the ticket came in.
  if (exists(database_, ticket.id)) return {Outcome::already_there, {}};
  const Instant now = clock_.now();
  domain::redact_card_numbers(ticket.request.content);
  if (auto errors = problems_of(ticket, now); !errors.empty()) return {Outcome::refused, std::move(errors)};

  const PurchaseEvidence evidence = evidence_for(directory_, ticket.request.content);
  const auto written = db::with_transaction(
      database_, [&](db::Connection& connection) { return write(connection, ticket, evidence, line, now); });
  if (!written) return {Outcome::refused, {written.error()}};
  return {Outcome::imported, {}};
}

std::vector<Error> HistoryImporter::problems_of(const HistoricTicket& ticket, Instant now) const {
  // The form of the screen that it was entered on: each shows fields that the other does not.
  const auto screen =
      ticket.channel == domain::Channel::till ? settings::Screen::till : settings::Screen::console;
  std::vector<Error> errors;
  for (auto& error : settings::validate_request(settings_.settings.form, ticket.request, screen))
    errors.push_back(below("/request", std::move(error)));
  check_place(ticket, settings_.settings, errors);
  check_past(ticket, now, errors);
  return errors;
}

Result<void> HistoryImporter::write(db::Connection& connection, const HistoricTicket& ticket,
                                    const PurchaseEvidence& evidence, std::string_view line,
                                    Instant now) const {
  auto taken =
      take_in(connection, new_ticket(ticket, evidence, settings_.version), settings_, ticket.created_at);
  if (!taken) return below("/request", taken.error());
  TicketRecord& record = *taken;
  for (std::size_t i = 0; i < ticket.actions.size(); ++i) {
    const HistoricAction& action = ticket.actions[i];
    const auto done =
        take_action(connection, record, settings_,
                    {event_actor(action.actor), kEveryRole, std::nullopt, true}, action.request, action.at);
    if (!done) return below(pointer_to_action(i), done.error());
  }
  // What was due in the older system's time is history as well: noted, and told to nobody.
  Deadlines(connection, settings_, now).follow(record, "imported", [&](TicketClocks& clocks) {
    return take_due_step(connection, record, clocks, {{}, settings_, true});
  });
  append_event(connection, record, imported_event(line, now), now);
  if (!update_ticket(connection, record))
    return Error{"version_conflict", "somebody else changed the ticket at the same time", ""};
  cancel_notifications(connection, record.ticket_id, "imported");
  return {};
}

}  // namespace ccms::server
