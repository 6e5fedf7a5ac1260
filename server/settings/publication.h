#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/db/connection.h"
#include "core/settings/loader.h"
#include "server/app/clock.h"
#include "server/settings/store_group.h"

namespace ccms::server {

/// Most characters of a note.
inline constexpr std::size_t kVersionNoteLimit = 500;

/// Who publishes, why, and for whom.
struct PublicationWish {
  std::string by;                    ///< a person's or program's name, at most 120 characters
  std::string note;                  ///< may be empty
  std::optional<StoreGroup> stores;  ///< these get it first; absent: everyone
};

/// What became of a wish to publish something.
struct Publication {
  std::int64_t version = 0;                 ///< 0: refused
  bool unchanged = false;                   ///< it was so already
  std::vector<settings::Problem> problems;  ///< why it was refused; fields point into document or wish

  bool ok() const noexcept { return version != 0; }
};

// All of these run in the caller's transaction, which must end in a rollback when they refuse; they throw
// db::DbError. Servers notice within a second what was published.

/// Checks a document and makes it the next version. Problems: the document's (check_document()), too_long
/// (/note), nothing_in_force (/stores) and what stores_of() finds. The bytes of the newest version are not
/// stored again: they are given to those who do not have them yet.
Publication publish_document(db::Connection& connection, std::string_view document,
                             const PublicationWish& wish, Instant now);

/// Gives a version that is newer than the one in force to more stores, or to everyone when wish.stores is
/// absent; the note is not looked at. Problems: unknown_version, not_staged (/version), what stores_of()
/// finds, and those of succession.
Publication roll_out(db::Connection& connection, std::int64_t version, const PublicationWish& wish,
                     Instant now);

/// Takes a version back from stores, or from all that have it when none is named: their tills get the version
/// in force again. Problem: not_staged (/version) when none of them has it.
Publication end_rollout(db::Connection& connection, std::int64_t version,
                        const std::vector<std::string>& stores, Instant now);

/// Publishes the document of a former version anew, for everyone, as the next version. Problems:
/// unknown_version (/to), already_in_force (/to), and those of the document.
Publication roll_back(db::Connection& connection, std::int64_t to, const PublicationWish& wish, Instant now);

}  // namespace ccms::server
