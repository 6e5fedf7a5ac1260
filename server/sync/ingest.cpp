#include "server/sync/ingest.h"

#include <nlohmann/json.hpp>
#include <set>

#include "core/db/savepoint.h"
#include "core/db/transaction.h"
#include "core/domain/text.h"
#include "server/intake/intake.h"
#include "server/intake/ticket_content.h"
#include "server/sync/capture_projection.h"
#include "server/tills/till_records.h"

namespace ccms::server {
namespace {

wire::ItemOutcome outcome_of(const IncomingCapture& item, wire::CaptureOutcome outcome,
                             std::optional<domain::Error> problem = std::nullopt) {
  wire::ItemOutcome result;
  if (!item.identity.event_id.empty()) result.event_id = item.identity.event_id;
  result.digest = item.digest;
  result.outcome = outcome;
  result.problem = std::move(problem);
  return result;
}

domain::Error id_conflict() {
  return {"event_id_conflict", "something else is known under this event id", "/event_id"};
}

/// Whether the event id of a capture is that of something else.
bool is_of_another_event(db::Connection& connection, const IncomingCapture& item) {
  return !connection
              .query(
                  "SELECT 1 AS found FROM ticket_events WHERE event_id = ? AND (capture_digest IS NULL OR "
                  "capture_digest <> ?)",
                  {item.identity.event_id.str(), item.digest_hex})
              .empty();
}

/// Tells the till when its ticket has another code than it printed.
void note_code(wire::ItemOutcome& outcome, const IncomingCapture& item, const std::string& code) {
  const auto* created = std::get_if<domain::Created>(&item.capture->body);
  if (!created || created->code.str() == code) return;
  outcome.outcome = wire::CaptureOutcome::code_changed;
  outcome.code = domain::TicketCode::parse(code).value();
}

/// Counts the till's generation up when this is its newest contact. The row stays locked until the
/// transaction ends, so that batches of one till come one after the other. Returns the generation that holds
/// now.
std::int64_t advance_generation(db::Connection& connection, const Principal& till,
                                const std::optional<wire::DeviceClock>& clock, Instant now) {
  std::optional<std::int64_t> offset;
  if (clock) offset = (now - clock->wall_at).count();
  connection.execute(
      "UPDATE tills SET generation = generation + (CASE WHEN generation = ? THEN 1 ELSE 0 END), last_sync_at "
      "= ?, "
      "clock_offset_ms = COALESCE(?, clock_offset_ms) WHERE till = ?",
      {till.generation, to_epoch_ms(now), offset, till.id});
  return connection.query("SELECT generation FROM tills WHERE till = ?", {till.id}).front().integer(0);
}

/// A number that was used twice under the key in use means two copies of one till. Taking turns they would
/// stay one generation apart for ever, so both are made stale here: each gets an identity of its own.
void part_copies(db::Connection& connection, const Principal& till) {
  connection.execute("UPDATE tills SET generation = generation + 2 WHERE till = ?", {till.id});
}

void count_captures(db::Connection& connection, const Principal& till, const CaptureStore& store,
                    std::size_t received) {
  const auto total = static_cast<std::int64_t>(received);
  connection.execute(
      "UPDATE tills SET captures_received = captures_received + ?, captures_stored = captures_stored + ?, "
      "captures_rejected = captures_rejected + ?, captures_duplicate = captures_duplicate + ? WHERE till = ?",
      {total, store.stored(), store.rejected(), total - store.stored() - store.rejected(), till.id});
}

/// What a till settles at the counter comes as two captures, normally in one batch.
void mark_settled(std::vector<IncomingCapture>& items) {
  std::set<std::string> settled;
  for (auto item = items.rbegin(); item != items.rend(); ++item) {
    if (!item->capture || item->problem) continue;
    const std::string ticket_id = item->capture->ticket_id.str();
    if (std::holds_alternative<domain::Settled>(item->capture->body)) settled.insert(ticket_id);
    item->settled_at_once =
        std::holds_alternative<domain::Created>(item->capture->body) && settled.contains(ticket_id);
  }
}

/// What the directory must be asked about the captures of a batch, one after the other.
class PurchasesToCheck {
 public:
  explicit PurchasesToCheck(db::Database& database) : database_(database) {}

  /// What the ticket will say after this capture, also when an earlier one of the same batch makes the
  /// ticket; null when the capture changes nothing that is checked. Good until the next call.
  const domain::TicketContent* after(const domain::Capture& capture) {
    const std::string ticket_id = capture.ticket_id.str();
    if (const auto* created = std::get_if<domain::Created>(&capture.body))
      return &(created_[ticket_id] = created->content);
    const auto* amended = std::get_if<domain::Amended>(&capture.body);
    if (!amended || (!amended->changes.transaction && !amended->changes.customer)) return nullptr;
    auto content = amended_.find(ticket_id);
    if (content == amended_.end()) content = amended_.emplace(ticket_id, before(ticket_id)).first;
    domain::apply(amended->changes, content->second);
    return &content->second;
  }

 private:
  /// What is stored goes first: a batch that comes again may begin with a creation that is long since
  /// amended.
  domain::TicketContent before(const std::string& ticket_id) const {
    const auto lease = database_.reader();
    if (const auto ticket = load_ticket(*lease, ticket_id)) return read_content(*ticket);
    const auto created = created_.find(ticket_id);
    return created == created_.end() ? domain::TicketContent{} : created->second;
  }

  db::Database& database_;
  std::map<std::string, domain::TicketContent> created_;
  std::map<std::string, domain::TicketContent> amended_;
};

}  // namespace

wire::BatchReply Ingest::take(const Principal& till, const wire::CaptureBatch& batch) {
  const Prepared prepared = prepare(till, batch);
  auto reply = db::with_transaction(
      services_.database, [&](db::Connection& connection) { return run(connection, till, prepared); });
  report(till, reply);
  return reply;
}

Ingest::Prepared Ingest::prepare(const Principal& till, const wire::CaptureBatch& batch) {
  Prepared prepared;
  prepared.now = services_.clock.now();
  prepared.current = services_.settings.current();
  prepared.clock = batch.clock;
  std::map<std::int64_t, crypto::PublicKey> keys;
  {
    const auto lease = services_.database.reader();
    keys = till_keys(*lease, till.id);
  }
  PurchasesToCheck purchases(services_.database);
  for (const auto& item : batch.items) {
    auto incoming = examine(item, till, keys, batch.clock, prepared.now);
    if (incoming.capture) {
      const auto version = incoming.capture->settings_version;
      if (!prepared.versions.contains(version))
        prepared.versions.emplace(version, settings_under(version, prepared.current));
      const auto* content = purchases.after(*incoming.capture);
      if (content && !incoming.capture->training) incoming.evidence = evidence_for(directory_, *content);
    }
    prepared.items.push_back(std::move(incoming));
  }
  mark_settled(prepared.items);
  return prepared;
}

std::shared_ptr<const PublishedSettings> Ingest::settings_under(
    std::int64_t version, const std::shared_ptr<const PublishedSettings>& current) const {
  try {
    // A version that nobody published cannot be what the till had: the newest one is the best guess then.
    const auto under = services_.settings.at(version);
    return under ? under : current;
  } catch (const UnreadableSettings& error) {
    // Tickets must not wait for the repair of a version that is no longer in force: the till would send them
    // for ever.
    services_.metrics.count("ccms_settings_unreadable_total");
    services_.log.error("settings_unreadable",
                        {{"version", version}, {"taken_instead", current->version}, {"error", error.what()}});
    return current;
  }
}

wire::BatchReply Ingest::run(db::Connection& connection, const Principal& till,
                             const Prepared& prepared) const {
  wire::BatchReply reply;
  reply.server_time = prepared.now;
  reply.server_epoch = identity_.server_epoch;
  reply.generation = advance_generation(connection, till, prepared.clock, prepared.now);
  CaptureStore store(connection, till.id, prepared.now);
  store.look_up(prepared.items);
  std::vector<std::string> settled_at_once;
  for (const auto& item : prepared.items) {
    if (item.settled_at_once && !store.find_by_digest(item.digest_hex))
      settled_at_once.push_back(item.capture->ticket_id.str());
    reply.outcomes.push_back(settle(connection, store, item, prepared));
  }
  for (const auto& ticket_id : settled_at_once)
    begin_work(connection, ticket_id, *prepared.current, prepared.now);
  reply.gaps = store.finish();
  if (store.has_conflict_in(till.epoch)) part_copies(connection, till);
  count_captures(connection, till, store, prepared.items.size());
  return reply;
}

wire::ItemOutcome Ingest::settle(db::Connection& connection, CaptureStore& store, const IncomingCapture& item,
                                 const Prepared& prepared) const {
  const auto* known = store.find_by_digest(item.digest_hex);
  if (known && !(known->signature_was_bad && item.signature_valid)) return repeat(connection, *known, item);

  const auto reject = [&](domain::Error problem) {
    // A pointer is as long as the names that the till sent; the record of it is not.
    problem.field = domain::truncate_code_points(problem.field, domain::kShortTextLimit);
    problem.message = domain::truncate_code_points(problem.message, domain::kShortTextLimit);
    store.record(item, problem);
    return outcome_of(item, wire::CaptureOutcome::rejected, problem);
  };
  if (item.signature_valid && !item.identity.event_id.empty() &&
      store.find_by_event(item.identity.event_id.str())) {
    return reject(id_conflict());
  }
  if (item.problem) return reject(*item.problem);
  const auto& capture = *item.capture;
  if (capture.corrects) {
    const auto corrected = domain::hex_encode(domain::bytes_view(*capture.corrects));
    if (!store.is_correctable(corrected, capture.ticket_id.str())) {
      return reject(
          {"correction_not_expected", "no rejected event of this ticket has this digest", "/corrects"});
    }
  }
  const auto ticket = project(connection, item, prepared);
  if (!ticket.ok()) return reject(ticket.error());
  store.record(item, std::nullopt);
  auto outcome = outcome_of(item, wire::CaptureOutcome::stored);
  note_code(outcome, item, ticket->code);
  return outcome;
}

domain::Result<TicketRecord> Ingest::project(db::Connection& connection, const IncomingCapture& item,
                                             const Prepared& prepared) const {
  const auto& under = *prepared.versions.at(item.capture->settings_version);
  db::Savepoint savepoint(connection);
  try {
    auto ticket = CaptureProjection(connection, *prepared.current, under, prepared.now).project(item);
    savepoint.keep();
    return ticket;
  } catch (const db::DbError& error) {
    // A row that another transaction wrote first comes out differently when the batch is tried again; an
    // event that is there would be there for ever.
    const bool is_taken = error.kind() == db::ErrorKind::unique_violation;
    if (!is_taken && error.kind() != db::ErrorKind::constraint) throw;
    savepoint.undo();
    if (is_taken && !is_of_another_event(connection, item)) throw;
    if (is_taken) return id_conflict();
    services_.log.error(
        "capture_not_storable",
        {{"event_id", item.identity.event_id.str()}, {"digest", item.digest_hex}, {"error", error.what()}});
    return domain::Error{"not_storable", "the server's database does not take this", ""};
  }
}

wire::ItemOutcome Ingest::repeat(db::Connection& connection, const KnownCapture& known,
                                 const IncomingCapture& item) const {
  if (!known.stored) return outcome_of(item, wire::CaptureOutcome::rejected, known.problem);
  auto outcome = outcome_of(item, wire::CaptureOutcome::duplicate);
  const auto rows = connection.query("SELECT code FROM tickets WHERE ticket_id = ?", {known.ticket_id});
  if (item.capture && !rows.empty()) note_code(outcome, item, rows.front().text(0));
  return outcome;
}

void Ingest::report(const Principal& till, const wire::BatchReply& reply) const {
  for (const auto& outcome : reply.outcomes) {
    const std::string word(domain::to_text(outcome.outcome));
    services_.metrics.count("ccms_captures_total", "outcome=\"" + word + "\"");
    if (outcome.outcome != wire::CaptureOutcome::rejected) continue;
    services_.log.warn("capture_rejected", {{"till", till.id},
                                            {"event_id", outcome.event_id ? outcome.event_id->str() : ""},
                                            {"code", outcome.problem->code},
                                            {"field", outcome.problem->field}});
  }
}

}  // namespace ccms::server
