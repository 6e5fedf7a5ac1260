#include "server/sync/capture_store.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "server/http/problem.h"
#include "server/store/row_writer.h"

namespace ccms::server {
namespace {

using nlohmann::json;

constexpr std::size_t kGapsLimit = 1000;
constexpr std::int64_t kScanLimit = 20'000;

domain::Error error_from(const std::string& text) {
  const json problem = json::parse(text);
  return {problem.at("code"), problem.at("message"), problem.value("field", "")};
}

KnownCapture known_from(const db::Row& row) {
  KnownCapture known;
  known.digest = row.text("digest");
  known.event_id = row.optional_text("event_id");
  known.ticket_id = row.optional_text("ticket_id").value_or("");
  known.stored = row.text("outcome") == "stored";
  if (const auto problem = row.optional_text("problem")) known.problem = error_from(*problem);
  known.signature_was_bad = known.problem && known.problem->code == "bad_signature";
  return known;
}

/// The same statement for every batch: unused places repeat the first value.
std::string select_known(const std::string& column) {
  std::string marks;
  for (std::size_t i = 0; i < wire::kBatchItemsLimit; ++i) marks += i == 0 ? "?" : ", ?";
  return "SELECT digest, event_id, ticket_id, outcome, problem FROM captures WHERE " + column + " IN (" +
         marks + ")";
}

db::Params padded(const std::vector<std::string>& values) {
  db::Params params(values.begin(), values.end());
  params.resize(wire::kBatchItemsLimit, db::Value(values.front()));
  return params;
}

/// Only a well-signed capture that claims to be this till's own takes up one of its sequence numbers.
bool takes_sequence(const IncomingCapture& item, const std::string& till) {
  return item.signature_valid && item.identity.till.str() == till && item.identity.epoch && item.identity.seq;
}

template <class Id>
std::optional<std::string> text_of(const Id& id) {
  if (id.empty()) return std::nullopt;
  return id.str();
}

}  // namespace

CaptureStore::CaptureStore(db::Connection& connection, std::string till, Instant now)
    : connection_(connection), till_(std::move(till)), now_(now) {}

void CaptureStore::remember(const KnownCapture& known) {
  if (known.event_id) digest_of_event_[*known.event_id] = known.digest;
  by_digest_[known.digest] = known;
}

void CaptureStore::look_up(const std::vector<IncomingCapture>& items) {
  static const std::string by_digest = select_known("digest");
  static const std::string by_event = select_known("event_id");
  std::vector<std::string> digests;
  std::vector<std::string> events;
  for (const auto& item : items) {
    digests.push_back(item.digest_hex);
    if (!item.identity.event_id.empty()) events.push_back(item.identity.event_id.str());
  }
  if (!digests.empty()) {
    const auto rows = connection_.query(by_digest, padded(digests));
    for (const auto& row : rows) remember(known_from(row));
  }
  if (!events.empty()) {
    const auto rows = connection_.query(by_event, padded(events));
    for (const auto& row : rows) remember(known_from(row));
  }
  look_up_sequences(items);
}

void CaptureStore::look_up_sequences(const std::vector<IncomingCapture>& items) {
  std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>> ranges;
  for (const auto& item : items) {
    if (!takes_sequence(item, till_)) continue;
    const auto seq = *item.identity.seq;
    const auto [range, is_new] = ranges.try_emplace(*item.identity.epoch, seq, seq);
    if (!is_new) range->second = {std::min(range->second.first, seq), std::max(range->second.second, seq)};
  }
  for (const auto& [epoch, range] : ranges) {
    epochs_.insert(epoch);
    const auto rows = connection_.query(
        "SELECT seq, digest FROM till_sequences WHERE till = ? AND epoch = ? AND seq BETWEEN ? AND ?",
        {till_, epoch, range.first, range.second});
    for (const auto& row : rows) sequences_[{epoch, row.integer("seq")}] = row.text("digest");
  }
}

const KnownCapture* CaptureStore::find_by_digest(const std::string& digest) const {
  const auto found = by_digest_.find(digest);
  return found == by_digest_.end() ? nullptr : &found->second;
}

const KnownCapture* CaptureStore::find_by_event(const std::string& event_id) const {
  const auto found = digest_of_event_.find(event_id);
  return found == digest_of_event_.end() ? nullptr : find_by_digest(found->second);
}

bool CaptureStore::is_correctable(const std::string& digest, const std::string& ticket_id) {
  if (const auto* known = find_by_digest(digest)) return !known->stored && known->ticket_id == ticket_id;
  const auto rows = connection_.query(
      "SELECT ticket_id FROM captures WHERE digest = ? AND till = ? AND outcome = 'rejected'",
      {digest, till_});
  return !rows.empty() && rows.front().optional_text("ticket_id") == ticket_id;
}

void CaptureStore::record(const IncomingCapture& item, const std::optional<domain::Error>& problem) {
  // Bytes that were refused for their signature alone give way to the same bytes, well signed.
  if (by_digest_.contains(item.digest_hex)) {
    replaced_.push_back(item.digest_hex);
    std::erase_if(added_, [&](const NewCapture& other) { return other.item->digest_hex == item.digest_hex; });
  }
  NewCapture added{&item, problem};
  const std::string event_id = item.identity.event_id.str();
  added.holds_event_id = item.signature_valid && !event_id.empty() && !digest_of_event_.contains(event_id);
  if (takes_sequence(item, till_)) {
    const auto [taken, is_new] =
        sequences_.try_emplace({*item.identity.epoch, *item.identity.seq}, item.digest_hex);
    added.has_sequence = is_new;
    added.sequence_conflict = taken->second != item.digest_hex;
    if (added.sequence_conflict && !problem) conflicting_epochs_.insert(*item.identity.epoch);
  }
  KnownCapture known{item.digest_hex, std::nullopt, item.identity.ticket_id.str(),
                     !problem,        problem,      !item.signature_valid};
  if (added.holds_event_id) known.event_id = event_id;
  remember(known);
  ++(problem ? rejected_ : stored_);
  added_.push_back(std::move(added));
}

std::vector<wire::SequenceGap> CaptureStore::finish() {
  write_captures();
  write_sequences();
  std::vector<wire::SequenceGap> gaps;
  for (const auto epoch : epochs_) find_gaps(epoch, gaps);
  return gaps;
}

void CaptureStore::write_captures() {
  for (const auto& digest : replaced_) connection_.execute("DELETE FROM captures WHERE digest = ?", {digest});
  RowWriter rows(connection_,
                 "captures (digest, event_id, ticket_id, till, epoch, seq, sequence_conflict, outcome, "
                 "problem, corrects, "
                 "capture, signature, received_at)",
                 13);
  for (const auto& added : added_) {
    const auto& item = *added.item;
    const bool own = takes_sequence(item, till_);
    std::optional<std::string> corrects;
    if (item.capture && item.capture->corrects) {
      corrects = domain::hex_encode(domain::bytes_view(*item.capture->corrects));
    }
    rows.add({item.digest_hex, added.holds_event_id ? text_of(item.identity.event_id) : std::nullopt,
              text_of(item.identity.ticket_id), till_, own ? item.identity.epoch : std::nullopt,
              own ? item.identity.seq : std::nullopt, added.sequence_conflict,
              added.problem ? "rejected" : "stored",
              added.problem ? std::optional(error_json(*added.problem).dump()) : std::nullopt, corrects,
              db::Blob{item.bytes.substr(0, wire::kCaptureBytesLimit)}, item.signature, to_epoch_ms(now_)});
  }
  rows.finish();
}

void CaptureStore::write_sequences() {
  RowWriter rows(connection_, "till_sequences (till, epoch, seq, digest, outcome)", 5);
  for (const auto& added : added_) {
    if (!added.has_sequence) continue;
    rows.add({till_, *added.item->identity.epoch, *added.item->identity.seq, added.item->digest_hex,
              added.problem ? "rejected" : "stored"});
  }
  rows.finish();
}

void CaptureStore::find_gaps(std::int64_t epoch, std::vector<wire::SequenceGap>& gaps) {
  const auto key =
      connection_.query("SELECT contiguous_seq FROM till_keys WHERE till = ? AND epoch = ?", {till_, epoch});
  if (key.empty()) return;
  const std::int64_t before = key.front().integer(0);
  const auto rows = connection_.query(
      "SELECT seq FROM till_sequences WHERE till = ? AND epoch = ? AND seq > ? ORDER BY seq LIMIT ?",
      {till_, epoch, before, kScanLimit});
  std::int64_t contiguous = before;
  std::int64_t last = before;
  for (const auto& row : rows) {
    const auto seq = row.integer("seq");
    if (seq == contiguous + 1) contiguous = seq;
    if (seq > last + 1 && gaps.size() < kGapsLimit) gaps.push_back({epoch, last + 1, seq - 1});
    last = seq;
  }
  if (contiguous != before) {
    connection_.execute("UPDATE till_keys SET contiguous_seq = ? WHERE till = ? AND epoch = ?",
                        {contiguous, till_, epoch});
  }
}

}  // namespace ccms::server
