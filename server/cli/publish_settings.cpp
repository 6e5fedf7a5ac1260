#include <iostream>

#include "core/db/transaction.h"
#include "server/app/database.h"
#include "server/cli/files.h"
#include "server/cli/operator.h"
#include "server/cli/settings_commands.h"
#include "server/cli/settings_output.h"
#include "server/settings/draft_table.h"
#include "server/settings/load_options.h"
#include "server/settings/settings_audit.h"
#include "server/settings/version_table.h"

namespace ccms::server {
namespace {

std::unique_ptr<db::Database> open_migrated(const Config& config) {
  auto database = open_database(config);
  migrate_database(*database);
  return database;
}

Publication outdated(const Draft& draft, const VersionRecord& newest) {
  const std::string message = "version " + std::to_string(newest.version) + " was published by " +
                              newest.published_by + " after the draft was begun";
  return {0, false, {{{"draft_outdated", message, "/based_on"}, std::to_string(draft.based_on)}}};
}

/// Nothing when there is no draft.
std::optional<Publication> publish_draft(db::Connection& connection, const PublicationWish& wish,
                                         Instant now) {
  const auto newest = VersionTable(connection).lock_newest();
  const auto draft = DraftTable(connection).load();
  if (!draft) return std::nullopt;
  if (newest && newest->version != draft->based_on) return outdated(*draft, *newest);
  auto publication = publish_document(connection, draft->document, wish, now);
  if (publication.ok()) DraftTable(connection).remove();
  audit_publication(connection, command_line_operator(), "settings.published", publication, wish, now);
  return publication;
}

PublicationWish wish_of(const std::string& note, const StoreGroup& stores) {
  return {kCommandLineUser, note, stores.empty() ? std::nullopt : std::optional(stores)};
}

}  // namespace

int check_settings(const std::filesystem::path& file) {
  const auto document = read_file_or_complain(file);
  if (!document) return 1;
  const auto loaded = settings::load_settings(*document, settings_load_options());
  print_problems(loaded.problems, file.string());
  if (loaded.ok()) std::cout << file.string() << ": no problem found\n";
  return loaded.ok() ? 0 : 1;
}

int publish_settings(const Config& config, const PublishWish& wish) {
  const auto now = SystemClock().now();
  const auto publication = wish_of(wish.note, wish.stores);
  if (wish.file.empty()) {
    const auto database = open_migrated(config);
    const auto published = db::with_transaction(
        *database, [&](db::Connection& connection) { return publish_draft(connection, publication, now); });
    if (published) return report(*published, "draft");
    std::cerr << "there is no draft: name a file, or import one\n";
    return 1;
  }
  const auto document = read_file_or_complain(wish.file);
  if (!document) return 1;
  const auto database = open_migrated(config);
  return report(db::with_transaction(*database,
                                     [&](db::Connection& connection) {
                                       auto published =
                                           publish_document(connection, *document, publication, now);
                                       audit_publication(connection, command_line_operator(),
                                                         "settings.published", published, publication, now);
                                       return published;
                                     }),
                wish.file);
}

int roll_out_settings(const Config& config, const RolloutWish& wish) {
  const auto database = open_migrated(config);
  const auto now = SystemClock().now();
  auto stores = wish_of("", wish.stores);
  if (!wish.everyone && !wish.withdraw) stores.stores = wish.stores;  // named or not: they are asked for
  return report(db::with_transaction(
                    *database,
                    [&](db::Connection& connection) {
                      auto done = wish.withdraw
                                      ? end_rollout(connection, wish.version, wish.stores.stores, now)
                                      : roll_out(connection, wish.version, stores, now);
                      audit_publication(connection, command_line_operator(),
                                        wish.withdraw ? "settings.rollout_ended" : "settings.rolled_out",
                                        done, stores, now);
                      return done;
                    }),
                "rollout");
}

int roll_back_settings(const Config& config, std::int64_t to, const std::string& note) {
  const auto database = open_migrated(config);
  const auto now = SystemClock().now();
  return report(db::with_transaction(*database,
                                     [&](db::Connection& connection) {
                                       const auto wish = wish_of(note, {});
                                       auto published = roll_back(connection, to, wish, now);
                                       audit_publication(connection, command_line_operator(),
                                                         "settings.rolled_back", published, wish, now);
                                       return published;
                                     }),
                "rollback");
}

}  // namespace ccms::server
