#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/crypto/ed25519.h"
#include "core/domain/event.h"
#include "core/wire/sync_messages.h"
#include "server/http/message.h"
#include "tests/server/support/test_clock.h"

namespace ccms::test {

/// A ticket that the sample chain accepts: no purchase, anonymous, category "other".
domain::TicketContent plain_content();
/// The same about one line of a purchase, by a customer with a name, a mobile number and an e-mail address.
domain::TicketContent purchase_content(const std::string& receipt, const std::string& store = "S001");

/// A till as the server sees it: it holds a key, builds captures, and signs them and its requests. Not
/// thread-safe.
class FakeTill {
 public:
  using Transport = std::function<server::Response(server::Request)>;

  FakeTill(TestClock& clock, std::string store = "S001", std::string till = "S001-T1");

  /// Exchanges a code for an identity; throws std::runtime_error when the server refuses.
  void enrol(const Transport& server, const std::string& code);
  server::Request enrol_request(const std::string& code) const;
  /// Takes over the identity of an answer to enrol or rekey, as made for the key of next_key().
  void adopt(const wire::TillIdentity& identity);
  /// Draws the key that the next enrolment or rekeying asks for.
  void draw_key();
  server::Request rekey_request();
  /// The same request once more, for the key that was drawn before.
  server::Request rekey_again_request() const;

  /// A capture with the next sequence number. Ids, salt and times are fresh.
  domain::Capture capture(domain::CaptureBody body);
  domain::Capture created(domain::TicketContent content = plain_content());
  /// A later event of the same ticket.
  domain::Capture about(const domain::Capture& created, domain::CaptureBody body);

  wire::CaptureItem sign(const domain::Capture& capture) const;
  wire::CaptureItem sign(const std::string& bytes) const;

  /// Any request, signed.
  server::Request request(const std::string& method, const std::string& target,
                          const std::string& body = "") const;
  server::Request batch_request(const std::vector<wire::CaptureItem>& items) const;
  /// Sends captures; throws std::runtime_error unless the answer is a batch's. Takes over the generation.
  wire::BatchReply send(const Transport& server, const std::vector<wire::CaptureItem>& items);
  wire::ItemOutcome send_one(const Transport& server, const wire::CaptureItem& item);

  // What a test may bend.
  std::string store;
  std::string till;
  std::int64_t epoch = 1;
  std::int64_t generation = 1;
  std::int64_t seq = 0;
  std::chrono::milliseconds clock_error{0};    ///< of the wall clock
  std::chrono::milliseconds learnt_offset{0};  ///< added in requests
  bool sends_clock = true;
  std::string prefix;

 private:
  server::Instant wall() const { return clock_.now() + clock_error; }

  TestClock& clock_;
  crypto::KeyPair key_ = crypto::KeyPair::generate();
  crypto::KeyPair next_key_ = crypto::KeyPair::generate();
  std::string secret_;
  std::uint32_t next_code_ = 0;
};

}  // namespace ccms::test
