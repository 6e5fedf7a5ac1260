#pragma once

#include <cstddef>
#include <set>
#include <tuple>

#include "core/wire/sync_messages.h"
#include "plugin/outbox/capture_table.h"
#include "plugin/sync/signed_client.h"
#include "plugin/sync/verdict.h"

namespace ccms::plugin::sync {

/// Sends what is unsent, oldest first, in batches, and does what the outcomes ask for. Used by the worker
/// alone.
class PushCaptures {
 public:
  PushCaptures(app::Till& till, SignedClient& client) : till_(till), client_(client) {}

  /// Until nothing is unsent or something is in the way. `poll`: asks even when there is nothing to send, for
  /// only this answer says whether the server has lost what it had acknowledged.
  Verdict run(bool poll);

 private:
  using Batch = std::vector<outbox::captures::Unsent>;
  struct News;

  /// Captures that have changed on the disk since they were recorded are nobody's word: the clerk is told.
  /// Says whether there were any.
  bool put_damaged_aside(const Batch& batch);
  Verdict send(const Batch& batch);
  /// False when no item of the batch has found its outcome.
  bool apply(const Batch& batch, const wire::BatchReply& reply);
  void apply_outcome(db::Connection& connection, const outbox::captures::Unsent& item,
                     const wire::ItemOutcome& outcome, News& news);
  void refuse(db::Connection& connection, const outbox::captures::Unsent& item, const domain::Error& problem,
              News& news);
  void answer_gaps(db::Connection& connection, const std::vector<wire::SequenceGap>& gaps);
  void tell(const News& news);
  /// After a batch that was refused as a whole: half of it next time; a single capture steps aside, so that
  /// the ones behind it come through, and is tried again after them.
  void narrow_down(const Batch& batch);

  app::Till& till_;
  SignedClient& client_;
  std::size_t items_limit_ = wire::kBatchItemsLimit;
  std::int64_t passed_over_ = 0;  // a capture's n; 0 is none
  // A server that asks for the same numbers again after they were resent will not get further by a third
  // time.
  std::set<std::tuple<std::int64_t, std::int64_t, std::int64_t>> answered_gaps_;
};

}  // namespace ccms::plugin::sync
