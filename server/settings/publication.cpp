#include "server/settings/publication.h"

#include "core/crypto/digest.h"
#include "core/domain/text.h"
#include "server/settings/document_check.h"
#include "server/settings/load_options.h"
#include "server/settings/timed_steps.h"
#include "server/settings/version_table.h"

namespace ccms::server {
namespace {

using domain::Error;

Publication refused(Error error, std::string value = {}) {
  return {0, false, {{std::move(error), std::move(value)}}};
}

Publication refused(DocumentCheck check) { return {0, false, std::move(check.problems)}; }

/// What is wrong with the note of a wish that comes from somewhere else than the API.
std::optional<Error> note_problem(const std::string& note) {
  if (!domain::is_valid_utf8(note)) return Error{"invalid_utf8", "the note is not valid UTF-8", "/note"};
  if (domain::count_code_points(note) <= kVersionNoteLimit) return std::nullopt;
  return Error{"too_long", "a note has at most " + std::to_string(kVersionNoteLimit) + " characters",
               "/note"};
}

/// What the tickets that are there have to know of a version that is about to become everyone's.
void tell_tickets(db::Connection& connection, const settings::Settings& next, Instant now) {
  VersionTable versions(connection);
  const auto former =
      settings::load_settings(versions.document(versions.in_force()), published_load_options());
  wake_waiting_tickets(connection, former.value ? &*former.value : nullptr, next, now);
}

/// The next version, once its document was found good.
Publication store(db::Connection& connection, const VersionRecord& record, std::string_view document,
                  const std::optional<std::vector<std::string>>& stores) {
  VersionTable versions(connection);
  versions.insert(record, document);
  if (stores) versions.roll_out(record.version, *stores, record.published_by, record.published_at);
  return {record.version, false, {}};
}

}  // namespace

Publication publish_document(db::Connection& connection, std::string_view document,
                             const PublicationWish& wish, Instant now) {
  if (auto problem = note_problem(wish.note)) return refused(*std::move(problem));
  VersionTable versions(connection);
  const auto newest = versions.lock_newest();
  const std::string digest = crypto::sha256_hex(document);
  if (newest && newest->digest == digest) {
    if (newest->is_staged()) return roll_out(connection, newest->version, wish, now);
    return {newest->version, true, {}};
  }
  auto check = check_document(connection, document);
  if (!check.ok()) return refused(std::move(check));
  VersionRecord record{newest ? newest->version + 1 : 1, digest, now, wish.by, wish.note, now, {}};
  if (!wish.stores) {
    tell_tickets(connection, *check.settings, now);
    return store(connection, record, document, std::nullopt);
  }
  if (versions.in_force() == 0)
    return refused({"nothing_in_force", "the first version is everyone's", "/stores"});
  const auto stores = stores_of(*wish.stores, *check.settings);
  if (!stores.ok()) return refused(stores.error());
  record.in_force_at.reset();
  return store(connection, record, document, *stores);
}

Publication roll_out(db::Connection& connection, std::int64_t version, const PublicationWish& wish,
                     Instant now) {
  VersionTable versions(connection);
  versions.lock_newest();
  if (!versions.find(version))
    return refused({"unknown_version", "there is no such version", "/version"}, std::to_string(version));
  if (const auto in_force = versions.in_force(); version <= in_force)
    return refused(
        {"not_staged",
         "only a version newer than the one in force (" + std::to_string(in_force) + ") can be rolled out",
         "/version"},
        std::to_string(version));
  auto check = check_document(connection, versions.document(version), version);
  if (!check.settings || (!wish.stores && !check.ok())) return refused(std::move(check));
  if (!wish.stores) {
    tell_tickets(connection, *check.settings, now);
    versions.put_in_force(version, now);
    return {version, false, {}};
  }
  const auto stores = stores_of(*wish.stores, *check.settings);
  if (!stores.ok()) return refused(stores.error());
  versions.roll_out(version, *stores, wish.by, now);
  return {version, false, {}};
}

Publication end_rollout(db::Connection& connection, std::int64_t version,
                        const std::vector<std::string>& stores, Instant now) {
  VersionTable versions(connection);
  versions.lock_newest();
  if (version <= versions.in_force() || versions.end_rollout(version, stores, now) == 0)
    return refused({"not_staged", "no store has this version before everybody else", "/version"},
                   std::to_string(version));
  return {version, false, {}};
}

Publication roll_back(db::Connection& connection, std::int64_t to, const PublicationWish& wish, Instant now) {
  if (auto problem = note_problem(wish.note)) return refused(*std::move(problem));
  VersionTable versions(connection);
  const auto newest = versions.lock_newest();
  const auto former = versions.find(to);
  if (!newest || !former)
    return refused({"unknown_version", "there is no such version", "/to"}, std::to_string(to));
  if (former->digest == newest->digest && !newest->is_staged())
    return refused({"already_in_force", "the version in force says just this", "/to"}, std::to_string(to));
  const std::string document = versions.document(to);
  auto check = check_document(connection, document);
  if (!check.ok()) return refused(std::move(check));
  tell_tickets(connection, *check.settings, now);
  const std::string note = wish.note.empty() ? "back to version " + std::to_string(to) : wish.note;
  return store(connection, {newest->version + 1, former->digest, now, wish.by, note, now, {}}, document,
               std::nullopt);
}

}  // namespace ccms::server
