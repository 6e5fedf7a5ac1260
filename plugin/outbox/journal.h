#pragma once

#include <filesystem>
#include <memory>

#include "core/db/transaction.h"
#include "core/domain/result.h"
#include "plugin/outbox/folder_lock.h"
#include "plugin/outbox/ticket_keys.h"

namespace ccms::plugin::outbox {

/// The till's own database, `journal.db` in its data folder: identity, captures still to be sent or kept for
/// a while, tickets, settings. One connection writes and checkpoints, and is borrowed by the UI thread
/// and the worker in turn: work on it is short, and nobody holds it while using the network. The functions
/// that read and write its tables take a db::Connection& and lie beside this file, one pair of files per
/// table.
class Journal {
 public:
  /// Locks the folder, refuses a journal of a newer plugin without touching it, brings an older one up to
  /// date. Errors: "busy", "storage", "incompatible".
  static domain::Result<std::unique_ptr<Journal>> open(const std::filesystem::path& folder);

  /// Borrows the connection. Never while holding another lease of the same journal.
  db::Lease lease() { return database_.writer(); }

  /// db::with_transaction on this journal.
  template <class Work>
  auto transaction(Work&& work) {
    return db::with_transaction(database_, std::forward<Work>(work));
  }

  /// Only while holding a lease.
  TicketKeys& ticket_keys() { return ticket_keys_; }

  /// Moves the write-ahead log into the file and empties it, so that what was wiped is in neither.
  void empty_log();

 private:
  Journal(FolderLock lock, const std::filesystem::path& file);

  FolderLock lock_;  // let go last
  db::Database database_;
  TicketKeys ticket_keys_;
};

}  // namespace ccms::plugin::outbox
