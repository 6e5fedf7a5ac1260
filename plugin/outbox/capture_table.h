#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto/ed25519.h"
#include "core/db/connection.h"
#include "core/domain/encoding.h"
#include "core/domain/event.h"
#include "core/domain/time.h"

/// Captures: the bytes that the till stands for, what they are, and how far they have come.
///   unsent -> delivered            taken by the server; kept for the days of retention
///   unsent -> quarantined          refused by the server; waits for a clerk
///   quarantined -> superseded      a correction or a withdrawal has taken its place
///   unsent -> superseded           the same, once the server has refused it too
///   any of the last three -> unsent  a restored server has lost it, or that it has refused it
namespace ccms::plugin::outbox::captures {

struct NewCapture {
  const domain::Capture& capture;
  std::string_view bytes;
  domain::Digest digest{};
};
void insert(db::Connection& connection, const NewCapture& capture);

/// A capture as it is sent.
struct Unsent {
  std::int64_t n = 0;
  std::string event_id;
  std::string ticket_id;
  std::string type;
  std::string digest;
  std::string signature;  ///< empty: made when it is sent; its epoch is then the present one
  std::string bytes;
};
/// The oldest unsent ones behind `after` (an Unsent::n), up to both limits; one at least when there is any.
std::vector<Unsent> next_batch(db::Connection& connection, std::size_t max_items, std::size_t max_bytes,
                               std::int64_t after = 0);
bool any_unsent(db::Connection& connection);

/// A capture that may be sent, or sent again, and whose signature is not kept: a clerk would wait for it.
/// Before the till gets another key, the one that goes signs these.
struct Unsigned {
  std::int64_t n = 0;
  std::string digest;
};
std::vector<Unsigned> not_signed(db::Connection& connection, std::int64_t epoch);
void set_signature(db::Connection& connection, std::int64_t n, const crypto::Signature& signature);

/// Where a capture stands, without its bytes.
struct Standing {
  std::string event_id;
  std::string ticket_id;
  std::string type;
  std::string state;
  std::string digest;
  domain::Instant recorded_at;
};
std::vector<Standing> waiting(db::Connection& connection);  ///< unsent and quarantined, oldest first
std::vector<Standing> of_ticket(db::Connection& connection, std::string_view ticket_id);
std::vector<Standing> quarantined(db::Connection& connection, std::string_view ticket_id);
std::optional<Standing> find(db::Connection& connection, std::string_view event_id);
std::optional<Standing> find(db::Connection& connection, std::int64_t n);
/// The event that would have created the ticket, when the server has refused it.
std::optional<Standing> refused_creation(db::Connection& connection, std::string_view ticket_id);
/// Whether the event that creates the ticket is still unsent or in quarantine.
bool creation_waits(db::Connection& connection, std::string_view ticket_id);

/// Whether the ticket was settled here and the server has not heard of it yet.
bool settlement_waits(db::Connection& connection, std::string_view ticket_id);

/// The bytes of a capture; empty once a confidential ticket's have been wiped.
std::string bytes(db::Connection& connection, std::string_view event_id);

struct Counts {
  std::int64_t unsent = 0;
  std::int64_t quarantined = 0;
  std::optional<domain::Instant> oldest_unsent_at;
};
Counts count(db::Connection& connection);

void mark_delivered(db::Connection& connection, std::int64_t n, domain::Instant at);
/// After a refusal; one that was superseded before is superseded again.
void quarantine(db::Connection& connection, std::int64_t n);
/// One that is unsent stays so until the server has answered: no sequence number may be left out.
void supersede(db::Connection& connection, std::string_view event_id);

/// Makes captures unsent again that the server had and has lost: all of them, or those of some sequence
/// numbers. Refused ones are among them, for a correction is taken only where its refusal is known; those of
/// withdrawn tickets are not, which nobody must take now. Wiped ones stay as they are: their bytes are gone
/// for a reason. Returns how many.
std::int64_t resend_all(db::Connection& connection);
std::int64_t resend(db::Connection& connection, std::int64_t epoch, std::int64_t from, std::int64_t to);

/// Removes the readable bytes of a ticket's captures that are delivered or superseded; ids and digests stay.
void wipe_settled(db::Connection& connection, std::string_view ticket_id);
/// SQL: whether a capture was done with before the moment bound to it.
inline constexpr std::string_view kSettledBefore =
    "(state IN ('delivered', 'superseded') AND COALESCE(delivered_at, recorded_at) < ?)";
/// Forgets what was delivered before `limit`, save the creations of tickets that are still here: those say
/// what the tickets say.
void purge_delivered(db::Connection& connection, domain::Instant limit);

}  // namespace ccms::plugin::outbox::captures
