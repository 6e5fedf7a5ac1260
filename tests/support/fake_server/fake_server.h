#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "core/crypto/ed25519.h"
#include "core/domain/event.h"
#include "core/wire/sync_messages.h"
#include "plugin/sync/server_api.h"

namespace ccms::test {

/// What goes wrong with one exchange.
enum class Fault {
  none,
  refuse,        ///< the request never arrives
  lose_answer,   ///< the request is carried out, the answer never arrives
  server_error,  ///< 500, nothing done
  too_many,      ///< 429, nothing done
  garbage,       ///< 200 with some proxy's page, nothing done
  hang,          ///< over HTTP only: accepted, never answered
  cut_answer,    ///< over HTTP only: the answer ends in the middle
  drip_header,   ///< over HTTP only: a header that goes on for ever, byte by byte
  drip_body,     ///< over HTTP only: the same with the body
};

/// A capture as the fake server holds it.
struct StoredCapture {
  std::string bytes;
  domain::Capture capture;
};

/// A central server in memory: it keeps the till's side of the sync protocol to the letter (signatures,
/// nonces, clock, generations, sequence numbers, idempotency) and does nothing else. Thread-safe. Its clock
/// is the tests' own.
class FakeServer {
 public:
  using Request = plugin::sync::HttpRequest;
  using Response = plugin::sync::HttpResponse;

  explicit FakeServer(std::function<domain::Instant()> now);

  /// Carries out one request. `fault` is the fault to apply, of those that concern the answer's content.
  Response handle(const Request& request, Fault fault = Fault::none);

  // ---- what the tests arrange
  void add_code(const std::string& code, const std::string& till);
  /// A till that was enrolled before this server's time.
  void know_till(const std::string& till, const std::string& store, std::int64_t epoch,
                 const crypto::PublicKey& key, std::int64_t generation);
  /// The bundle that tills get, and the key it is signed with (the server's own by default).
  void set_bundle(std::string body, std::string etag);
  void sign_bundles_wrongly();
  void add_update(wire::TicketUpdate update);
  /// A ticket that the till's store may not see any more.
  void add_gone(const domain::TicketId& ticket_id);
  /// Tickets and comments whose text holds `word` are refused with `problem` ("*": all captures).
  void reject(const std::string& word, const domain::Error& problem);
  void reject_nothing();
  /// The next created capture is stored under another code.
  void change_next_code(const domain::TicketCode& code);
  /// Answers 500 to every batch with a capture that holds `word`, as a server with an error in it would.
  void break_on(const std::string& word);
  /// Answers every signed request so.
  void answer_always(std::optional<wire::HttpProblem> problem);
  /// Refuses captures and changes as a server does whose settings have CCMS switched off for the till; the
  /// first `times` of them.
  void switch_off(bool off, int times = std::numeric_limits<int>::max());
  /// A restore from backup: everything after `keep` captures is forgotten, with all refusals and
  /// updates, and the epoch changes.
  void restore_backup(std::size_t keep, const std::string& server_epoch);
  /// As if a copy of the till had been in touch meanwhile.
  void advance_generation(const std::string& till, int by);
  void set_next_prefix(std::string prefix);
  void set_search_reply(std::string json);
  /// What every question after one ticket is answered with.
  void set_ticket_reply(std::string json);

  // ---- what they look at
  std::map<std::string, StoredCapture> captures() const;  ///< by event id
  std::vector<std::string> requests() const;              ///< "POST /api/v1/…", in order
  std::size_t duplicates() const;
  std::vector<wire::SequenceGap> gaps(const std::string& till) const;
  wire::DeviceClock last_clock() const;

 private:
  struct Till {
    std::string store;
    std::int64_t epoch = 0;
    std::int64_t generation = 1;
    std::map<std::int64_t, crypto::PublicKey> keys;          // by epoch
    std::map<std::int64_t, std::set<std::int64_t>> numbers;  // by epoch: sequence numbers stored or rejected
  };

  Response enrol(const Request& request);
  Response rekey(const Request& request, const std::string& till);
  Response take_captures(const Request& request, const std::string& till);
  Response changes(const Request& request) const;
  Response settings(const Request& request) const;
  Response tickets(const Request& request) const;
  wire::ItemOutcome take(const wire::CaptureItem& item, const std::string& till);
  wire::ItemOutcome judge_capture(const domain::Capture& capture, const std::string& bytes,
                                  const std::string& till);
  std::optional<Response> authenticate(const Request& request);
  wire::TillIdentity identity_of(const std::string& till) const;
  std::vector<wire::SequenceGap> gaps_locked(const std::string& till) const;

  mutable std::mutex mutex_;
  std::function<domain::Instant()> now_;
  crypto::KeyPair bundle_pair_ = crypto::KeyPair::generate();
  std::string server_epoch_ = "0192d3a0-0000-7000-8000-000000000001";
  std::map<std::string, std::string> codes_;
  std::map<std::string, Till> tills_;
  int times_switched_off_ = 0;
  std::set<std::string> nonces_;
  std::map<std::string, StoredCapture> captures_;
  std::vector<std::string> order_;  // event ids as stored
  std::set<std::string> rejected_digests_;
  std::map<std::string, domain::Error> rejections_;
  std::vector<std::variant<wire::TicketUpdate, domain::TicketId>> changes_;
  std::string breaking_word_;
  std::vector<std::string> requests_;
  std::optional<wire::HttpProblem> always_;
  std::optional<domain::TicketCode> next_code_;
  std::optional<wire::DeviceClock> clock_;
  std::string bundle_;
  std::string etag_;
  std::string next_prefix_ = "0001";
  std::string search_reply_ = R"({"tickets":[]})";
  std::string ticket_reply_;
  std::size_t duplicates_ = 0;
  bool wrong_bundle_key_ = false;
};

}  // namespace ccms::test
