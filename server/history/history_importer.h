#pragma once

#include <string_view>
#include <vector>

#include "core/db/database.h"
#include "core/domain/result.h"
#include "server/app/clock.h"
#include "server/history/history_line.h"
#include "server/ledger/customer_directory.h"
#include "server/settings/published_settings.h"

namespace ccms::server {

/// What became of one line of a history file.
struct ImportedLine {
  enum class Outcome { imported, already_there, refused };

  Outcome outcome = Outcome::refused;
  std::vector<domain::Error> errors;  ///< of a refused line; fields point into it

  bool ok() const noexcept { return outcome != Outcome::refused; }
};

/// Brings tickets of an older system in, through the same doors as everybody else: the settings' form,
/// intake, and the process flow for each action, at the times of then. Who was allowed to do what was the
/// older system's to decide. Nobody is told: the messages are there to be seen, cancelled. The history ends
/// with an event `imported`, which says when it was taken over and from which bytes. Not thread-safe.
class HistoryImporter {
 public:
  /// Everything given must outlive the importer.
  HistoryImporter(db::Database& database, CustomerDirectory& directory, const PublishedSettings& settings,
                  const Clock& clock)
      : database_(database), directory_(directory), settings_(settings), clock_(clock) {}

  /// Takes in the whole line or nothing of it, in one transaction. A ticket that exists is left as it is.
  /// Throws db::DbError.
  ImportedLine import_line(std::string_view line);

 private:
  std::vector<domain::Error> problems_of(const HistoricTicket& ticket, Instant now) const;
  domain::Result<void> write(db::Connection& connection, const HistoricTicket& ticket,
                             const PurchaseEvidence& evidence, std::string_view line, Instant now) const;

  db::Database& database_;
  CustomerDirectory& directory_;
  const PublishedSettings& settings_;
  const Clock& clock_;
};

}  // namespace ccms::server
