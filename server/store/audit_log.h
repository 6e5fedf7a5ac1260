#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/db/connection.h"
#include "server/app/clock.h"
#include "server/http/principal.h"

namespace ccms::server {

/// Who did something in administration, and from where.
struct AuditActor {
  std::string kind;  ///< staff, client, till; operator: at the command line
  std::string id;    ///< user id, client id, till id, or the operator's account on the machine
  std::string name;
  std::string via;  ///< http, cli
};

/// Somebody who sent a request.
AuditActor audit_actor(const Principal& principal);

/// Something that was done.
struct AuditEntry {
  AuditActor actor;
  std::string action;        ///< as user.removed
  std::string subject_kind;  ///< user, client, till, invitation, workspace, settings, file
  std::string subject_id;
  nlohmann::json details = nlohmann::json::object();  ///< never a secret; at most 64 kB as text
};

/// An entry as it was written.
struct AuditRecord {
  std::int64_t number = 0;  ///< grows with every entry
  Instant at{};
  AuditEntry entry;
};

/// Which entries are asked for; what is absent says nothing.
struct AuditFilter {
  std::optional<Instant> from;         ///< then or later
  std::optional<Instant> to;           ///< before
  std::optional<std::string> actor;    ///< id
  std::vector<std::string> actions;    ///< any of these
  std::optional<std::string> subject;  ///< id
  std::optional<std::int64_t> below;   ///< entries with a smaller number
};

/// Notes what was done, in the transaction that does it. Throws db::DbError.
void append_audit(db::Connection& connection, const AuditEntry& entry, Instant now);

/// The newest entries first, at most `limit`. Throws db::DbError.
std::vector<AuditRecord> read_audit(db::Connection& connection, const AuditFilter& filter,
                                    std::int64_t limit);

}  // namespace ccms::server
