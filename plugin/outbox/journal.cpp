#include "plugin/outbox/journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <utility>

#include "core/db/sqlite_connector.h"
#include "plugin/outbox/schema.h"

namespace ccms::plugin::outbox {
namespace {

/// A commit writes whole pages, and a ticket puts a little on each of several: smaller ones are written
/// sooner.
constexpr int kPageBytes = 2048;

// SQLite gives -wal and -shm the permissions of the database file, which holds the till's private key.
void create_private(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0) ::close(fd);
}

}  // namespace

Journal::Journal(FolderLock lock, const std::filesystem::path& file)
    : lock_(std::move(lock)),
      database_(db::sqlite_connector({.path = file, .readers = 0, .page_bytes = kPageBytes})) {}

domain::Result<std::unique_ptr<Journal>> Journal::open(const std::filesystem::path& folder) {
  auto lock = FolderLock::take(folder);
  if (!lock) return lock.error();
  const auto file = folder / "journal.db";
  create_private(file);
  std::unique_ptr<Journal> journal(new Journal(std::move(lock).value(), file));
  try {
    db::migrate(journal->database_, journal_migrations());
    journal->ticket_keys_.load(*journal->lease());
  } catch (const db::DbError& failure) {
    const bool newer = failure.kind() == db::ErrorKind::schema_mismatch;
    return domain::Error{newer ? "incompatible" : "storage",
                         "the journal cannot be opened: " + std::string(failure.what()), "/data_folder"};
  }
  return journal;
}

void Journal::empty_log() { lease()->query("PRAGMA wal_checkpoint(TRUNCATE)"); }

}  // namespace ccms::plugin::outbox
