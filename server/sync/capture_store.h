#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/db/connection.h"
#include "core/domain/result.h"
#include "core/wire/sync_messages.h"
#include "server/app/clock.h"
#include "server/sync/incoming_capture.h"

namespace ccms::server {

/// What the server remembers of a capture it has had before.
struct KnownCapture {
  std::string digest;
  std::optional<std::string> event_id;  ///< when these bytes hold it
  std::string ticket_id;
  bool stored = false;                   ///< else rejected
  std::optional<domain::Error> problem;  ///< when rejected
  bool signature_was_bad = false;        ///< then the same bytes may come again, well signed
};

/// The captures of one till within one transaction: what is known of a batch's items, and the rows that it
/// adds. Not thread-safe. Functions throw db::DbError.
class CaptureStore {
 public:
  CaptureStore(db::Connection& connection, std::string till, Instant now);

  /// Reads what is known of these items, so that the questions below cost no further query.
  void look_up(const std::vector<IncomingCapture>& items);

  const KnownCapture* find_by_digest(const std::string& digest) const;
  /// The capture that holds an event id.
  const KnownCapture* find_by_event(const std::string& event_id) const;

  /// Whether a till may correct the capture with this digest: it was rejected, and was about the same ticket.
  bool is_correctable(const std::string& digest, const std::string& ticket_id);

  /// Remembers an outcome; without a problem it was stored. Rows are written by finish().
  void record(const IncomingCapture& item, const std::optional<domain::Error>& problem);

  /// Writes the rows and returns the sequence numbers that are missing in the epochs of this batch.
  std::vector<wire::SequenceGap> finish();

  /// Whether this batch stored a capture whose number in an epoch belongs to another one.
  bool has_conflict_in(std::int64_t epoch) const { return conflicting_epochs_.contains(epoch); }

  std::int64_t stored() const noexcept { return stored_; }
  std::int64_t rejected() const noexcept { return rejected_; }

 private:
  struct NewCapture {
    const IncomingCapture* item = nullptr;
    std::optional<domain::Error> problem;
    bool holds_event_id = false;
    bool sequence_conflict = false;
    bool has_sequence = false;
  };

  void remember(const KnownCapture& known);
  void look_up_sequences(const std::vector<IncomingCapture>& items);
  void write_captures();
  void write_sequences();
  void find_gaps(std::int64_t epoch, std::vector<wire::SequenceGap>& gaps);

  db::Connection& connection_;
  const std::string till_;
  const Instant now_;
  std::map<std::string, KnownCapture> by_digest_;
  std::map<std::string, std::string> digest_of_event_;
  std::map<std::pair<std::int64_t, std::int64_t>, std::string> sequences_;  ///< (epoch, seq) to digest
  std::set<std::int64_t> epochs_;
  std::set<std::int64_t> conflicting_epochs_;
  std::vector<NewCapture> added_;
  std::vector<std::string> replaced_;  ///< digests of rows that new ones take the place of
  std::int64_t stored_ = 0;
  std::int64_t rejected_ = 0;
};

}  // namespace ccms::server
