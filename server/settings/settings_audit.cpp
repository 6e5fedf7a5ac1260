#include "server/settings/settings_audit.h"

#include <utility>

namespace ccms::server {
namespace {

AuditEntry about_draft(AuditActor actor, const char* action, const Draft& draft) {
  return {std::move(actor),
          action,
          "settings",
          "draft",
          {{"based_on", draft.based_on}, {"digest", draft.digest}}};
}

}  // namespace

AuditEntry draft_saved(AuditActor actor, const Draft& draft) {
  return about_draft(std::move(actor), "settings.draft_saved", draft);
}

AuditEntry draft_discarded(AuditActor actor, const Draft& draft) {
  return about_draft(std::move(actor), "settings.draft_discarded", draft);
}

void audit_publication(db::Connection& connection, AuditActor actor, const std::string& action,
                       const Publication& publication, const PublicationWish& wish, Instant now) {
  if (!publication.ok() || publication.unchanged) return;
  AuditEntry entry{std::move(actor), action, "settings", std::to_string(publication.version), {}};
  entry.details = {{"everyone", !wish.stores.has_value()}};
  if (!wish.note.empty()) entry.details["note"] = wish.note;
  if (wish.stores) {
    const auto add = [&](const char* name, const std::vector<std::string>& ids) {
      if (!ids.empty()) entry.details[name] = ids;
    };
    add("stores", wish.stores->stores);
    add("areas", wish.stores->areas);
    add("zones", wish.stores->zones);
  }
  append_audit(connection, entry, now);
}

}  // namespace ccms::server
