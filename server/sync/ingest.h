#pragma once

#include "core/wire/sync_messages.h"
#include "server/app/services.h"
#include "server/ledger/customer_directory.h"
#include "server/settings/server_identity.h"
#include "server/store/ticket_record.h"
#include "server/sync/capture_store.h"
#include "server/sync/incoming_capture.h"

namespace ccms::server {

/// Takes in batches of captures. A batch is one transaction; one bad item blocks no other. Thread-safe: two
/// batches of one till at once wait for each other, and the second finds duplicates.
class Ingest {
 public:
  Ingest(const Services& services, CustomerDirectory& directory, const ServerIdentity& identity)
      : services_(services), directory_(directory), identity_(identity) {}

  /// `till` was authenticated and CCMS is enabled there. Throws db::DbError.
  wire::BatchReply take(const Principal& till, const wire::CaptureBatch& batch);

 private:
  struct Prepared {
    std::vector<IncomingCapture> items;
    std::shared_ptr<const PublishedSettings> current;
    std::map<std::int64_t, std::shared_ptr<const PublishedSettings>> versions;
    std::optional<wire::DeviceClock> clock;
    Instant now;
  };

  /// The settings that a capture was made with; `current` when they are not to be had.
  std::shared_ptr<const PublishedSettings> settings_under(
      std::int64_t version, const std::shared_ptr<const PublishedSettings>& current) const;
  Prepared prepare(const Principal& till, const wire::CaptureBatch& batch);
  wire::BatchReply run(db::Connection& connection, const Principal& till, const Prepared& prepared) const;
  wire::ItemOutcome settle(db::Connection& connection, CaptureStore& store, const IncomingCapture& item,
                           const Prepared& prepared) const;
  /// A ticket that the database refuses for what it holds would be refused each time it comes: that is a
  /// problem of the item (not_storable), and nothing of it is kept.
  domain::Result<TicketRecord> project(db::Connection& connection, const IncomingCapture& item,
                                       const Prepared& prepared) const;
  wire::ItemOutcome repeat(db::Connection& connection, const KnownCapture& known,
                           const IncomingCapture& item) const;
  void report(const Principal& till, const wire::BatchReply& reply) const;

  Services services_;
  CustomerDirectory& directory_;
  const ServerIdentity& identity_;
};

}  // namespace ccms::server
