#include "server/store/absence_store.h"

namespace ccms::server {
namespace {

UserAbsence read_absence(const db::Row& row) {
  return {from_epoch_ms(row.integer("from_at")), from_epoch_ms(row.integer("until_at")),
          row.optional_text("cover")};
}

}  // namespace

std::vector<UserAbsence> AbsenceStore::of(const std::string& user_id) {
  std::vector<UserAbsence> absences;
  for (const db::Row row : connection_.query(
           "SELECT from_at, until_at, cover FROM absences WHERE user_id = ? ORDER BY from_at", {user_id}))
    absences.push_back(read_absence(row));
  return absences;
}

void AbsenceStore::replace(const std::string& user_id, const std::vector<UserAbsence>& absences) {
  connection_.execute("DELETE FROM absences WHERE user_id = ?", {user_id});
  for (const UserAbsence& absence : absences) {
    connection_.execute("INSERT INTO absences (user_id, from_at, until_at, cover) VALUES (?, ?, ?, ?)",
                        {user_id, to_epoch_ms(absence.from), to_epoch_ms(absence.until), absence.cover});
  }
}

std::map<std::string, UserAbsence> AbsenceStore::away_at(Instant moment) {
  std::map<std::string, UserAbsence> away;
  for (const db::Row row : connection_.query(
           "SELECT user_id, from_at, until_at, cover FROM absences WHERE until_at > ? AND from_at <= ?",
           {to_epoch_ms(moment), to_epoch_ms(moment)}))
    away.emplace(row.text("user_id"), read_absence(row));
  return away;
}

}  // namespace ccms::server
