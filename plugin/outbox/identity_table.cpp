#include "plugin/outbox/identity_table.h"

#include "core/domain/encoding.h"

namespace ccms::plugin::outbox::identity {
namespace {

template <std::size_t N>
std::array<std::uint8_t, N> key(const db::Row& row, std::string_view column) {
  const auto bytes = domain::to_array<N>(row.blob(column));
  if (!bytes)
    throw db::DbError(db::ErrorKind::corrupt, "identity." + std::string(column) + " has the wrong length");
  return *bytes;
}

}  // namespace

std::optional<Identity> load(db::Connection& connection) {
  const auto rows = connection.query("SELECT * FROM identity");
  if (rows.empty()) return std::nullopt;
  const auto row = rows.front();
  Identity found;
  found.store = domain::StoreId(row.text("store"));
  found.till = domain::TillId(row.text("till"));
  found.epoch = row.integer("epoch");
  found.generation = row.integer("generation");
  found.prefix = row.text("prefix");
  found.spare_prefix = row.optional_text("spare_prefix");
  found.private_key = key<32>(row, "private_key");
  found.permutation_key = row.blob("permutation_key");
  found.bundle_key = key<32>(row, "bundle_key");
  found.server_epoch = row.text("server_epoch");
  found.next_seq = row.integer("next_seq");
  found.next_code = row.integer("next_code");
  found.enrolled_at = domain::from_epoch_ms(row.integer("enrolled_at"));
  return found;
}

void save(db::Connection& connection, const Identity& identity) {
  const auto blob = [](std::string_view bytes) { return db::Blob{std::string(bytes)}; };
  connection.execute(
      "INSERT OR REPLACE INTO identity (only, store, till, epoch, generation, prefix, spare_prefix, "
      "private_key,"
      " permutation_key, bundle_key, server_epoch, next_seq, next_code, enrolled_at)"
      " VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {identity.store.str(), identity.till.str(), identity.epoch, identity.generation, identity.prefix,
       identity.spare_prefix, blob(domain::bytes_view(identity.private_key)), blob(identity.permutation_key),
       blob(domain::bytes_view(identity.bundle_key)), identity.server_epoch, identity.next_seq,
       identity.next_code, domain::to_epoch_ms(identity.enrolled_at)});
}

// Reads and then writes the one row by its key: for UPDATE ... RETURNING, which might touch several, SQLite
// prepares to undo the statement alone, with memory that it takes and gives back each time.

std::optional<std::int64_t> take_sequence(db::Connection& connection, std::int64_t epoch) {
  const auto rows = connection.query("SELECT next_seq FROM identity WHERE only = 1 AND epoch = ?", {epoch});
  if (rows.empty()) return std::nullopt;
  const auto seq = rows.front().integer(0);
  connection.execute("UPDATE identity SET next_seq = ? WHERE only = 1", {seq + 1});
  return seq;
}

std::optional<CodeSlot> take_code(db::Connection& connection, std::int64_t epoch, const std::string& prefix) {
  const auto rows =
      connection.query("SELECT next_seq, next_code FROM identity WHERE only = 1 AND epoch = ? AND prefix = ?",
                       {epoch, prefix});
  if (rows.empty()) return std::nullopt;
  const CodeSlot slot{rows.front().integer(0), rows.front().integer(1)};
  connection.execute("UPDATE identity SET next_seq = ?, next_code = ? WHERE only = 1",
                     {slot.seq + 1, slot.code + 1});
  return slot;
}

void set_generation(db::Connection& connection, std::int64_t generation) {
  connection.execute("UPDATE identity SET generation = ?", {generation});
}

void set_server_epoch(db::Connection& connection, const std::string& server_epoch) {
  connection.execute("UPDATE identity SET server_epoch = ?", {server_epoch});
}

void set_spare_prefix(db::Connection& connection, const std::string& prefix) {
  connection.execute("UPDATE identity SET spare_prefix = ?", {prefix});
}

bool use_spare_prefix(db::Connection& connection) {
  return connection.execute(
             "UPDATE identity SET prefix = spare_prefix, spare_prefix = NULL, next_code = 0"
             " WHERE spare_prefix IS NOT NULL") == 1;
}

}  // namespace ccms::plugin::outbox::identity
