#include "tests/server/support/fake_till.h"

#include <Poco/URI.h>

#include <stdexcept>

#include "core/crypto/digest.h"
#include "core/crypto/prf.h"
#include "core/crypto/random.h"
#include "core/domain/uuid.h"
#include "core/wire/capture.h"
#include "core/wire/signing.h"

namespace ccms::test {
namespace {

constexpr const char* kBootId = "01990000-0000-7000-8000-000000000001";

std::string new_uuid(server::Instant now) { return domain::make_uuid_v7(now, crypto::random_array<10>()); }

domain::Quantity quantity(const char* text) { return domain::Quantity::parse(text).value(); }

}  // namespace

domain::TicketContent plain_content() {
  domain::TicketContent content;
  content.language = "en";
  content.ticket.category = domain::CategoryId("other");
  content.ticket.details = "The escalator has been out of order for a week.";
  content.proof = {domain::ProofKind::none, domain::ReasonId("no_purchase")};
  return content;
}

domain::TicketContent purchase_content(const std::string& receipt, const std::string& store) {
  domain::TicketContent content = plain_content();
  content.ticket.category = domain::CategoryId("defective");
  content.ticket.details = "The kettle does not switch off.";
  content.ticket.consent_to_contact = true;
  content.complainant.kind = domain::ComplainantKind::member;
  content.complainant.name = "Anna Muster";
  content.complainant.mobile = "+49 170 1234567";
  content.complainant.email = "anna@example.test";
  content.customer = domain::Customer{domain::CustomerId("C1"), "Anna Muster", {}};
  domain::Transaction transaction;
  transaction.id = receipt;
  transaction.store = domain::StoreId(store);
  transaction.at = domain::from_epoch_ms(1'795'000'000'000);
  transaction.utc_offset_minutes = 60;
  transaction.customer_id = domain::CustomerId("C1");
  transaction.total = domain::Money{5998, "EUR"};
  transaction.lines = {{1, "P-KETTLE", "Kettle 1.7 l", quantity("2"), {4998, "EUR"}, {}, {}, quantity("1")},
                       {2, "P-TEA", "Black tea", quantity("1"), {1000, "EUR"}, {}, {}, {}}};
  content.transaction = transaction;
  content.proof = {domain::ProofKind::looked_up, std::nullopt};
  return content;
}

FakeTill::FakeTill(TestClock& clock, std::string of_store, std::string till_id)
    : store(std::move(of_store)),
      till(std::move(till_id)),
      clock_(clock),
      secret_(crypto::random_bytes(32)) {}

server::Request FakeTill::enrol_request(const std::string& code) const {
  wire::EnrolRequest wish;
  wish.code = code;
  wish.public_key = next_key_.public_key();
  wish.store = domain::StoreId(store);
  wish.till = domain::TillId(till);
  wish.device = {"1.0.0", "test"};
  server::Request request;
  request.method = "POST";
  request.target = request.path = "/api/v1/tills/enrol";
  request.body = wire::build(wish);
  return request;
}

void FakeTill::enrol(const Transport& server, const std::string& code) {
  const auto answer = server(enrol_request(code));
  if (answer.status != 201) throw std::runtime_error("not enrolled: " + answer.body);
  adopt(wire::parse_till_identity(answer.body).value.value());
}

void FakeTill::draw_key() { next_key_ = crypto::KeyPair::generate(); }

void FakeTill::adopt(const wire::TillIdentity& identity) {
  key_ = crypto::KeyPair::from_private(next_key_.private_key());
  epoch = identity.epoch;
  generation = identity.generation;
  prefix = identity.prefix;
  seq = 0;
}

server::Request FakeTill::rekey_request() {
  draw_key();
  return rekey_again_request();
}

server::Request FakeTill::rekey_again_request() const {
  return request("POST", "/api/v1/tills/rekey", wire::build(wire::RekeyRequest{next_key_.public_key()}));
}

domain::Capture FakeTill::capture(domain::CaptureBody body) {
  domain::Capture capture;
  capture.event_id = domain::EventId(new_uuid(wall()));
  capture.ticket_id = domain::TicketId(new_uuid(wall()));
  capture.till = domain::TillId(till);
  capture.store = domain::StoreId(store);
  capture.epoch = epoch;
  capture.seq = ++seq;
  capture.salt = crypto::random_array<16>();
  capture.wall_at = wall();
  capture.boot_id = kBootId;
  capture.boot_ms = domain::to_epoch_ms(clock_.now()) - 1'795'000'000'000;
  capture.settings_version = 1;
  capture.clerk = {"c17", "Mia"};
  capture.body = std::move(body);
  return capture;
}

domain::Capture FakeTill::created(domain::TicketContent content) {
  const auto code = domain::TicketCode::make(prefix, next_code_++, 7, crypto::ticket_code_prf(secret_));
  return capture(domain::Created{code.value(), domain::FormId(new_uuid(wall())), std::move(content)});
}

domain::Capture FakeTill::about(const domain::Capture& created, domain::CaptureBody body) {
  auto later = capture(std::move(body));
  later.ticket_id = created.ticket_id;
  return later;
}

wire::CaptureItem FakeTill::sign(const domain::Capture& capture) const {
  const auto bytes = wire::build_capture(capture);
  if (!bytes.ok()) throw std::runtime_error("capture cannot be built: " + bytes.error().field);
  return sign(bytes.value());
}

wire::CaptureItem FakeTill::sign(const std::string& bytes) const {
  const auto signature = key_.sign(wire::capture_signing_bytes(crypto::sha256(bytes)));
  return {bytes, std::string(domain::bytes_view(signature))};
}

server::Request FakeTill::request(const std::string& method, const std::string& target,
                                  const std::string& body) const {
  wire::SignedRequest covered;
  covered.method = method;
  covered.path = target;
  covered.till = domain::TillId(till);
  covered.epoch = epoch;
  covered.digest = crypto::sha256_hex(body);
  covered.time_ms = domain::to_epoch_ms(wall() + learnt_offset);
  covered.nonce = crypto::hex_encode(crypto::random_bytes(16));
  covered.generation = generation;
  const auto signature = key_.sign(wire::request_signing_bytes(covered));

  server::Request request;
  request.method = method;
  request.target = target;
  request.path = target.substr(0, target.find('?'));
  for (const auto& [name, value] : Poco::URI(target).getQueryParameters())
    request.query.emplace_back(name, value);
  request.body = body;
  const auto set = [&](std::string_view name, std::string value) {
    request.headers.emplace_back(std::string(name), std::move(value));
  };
  set(wire::kTillHeader, till);
  set(wire::kEpochHeader, std::to_string(epoch));
  set(wire::kTimeHeader, std::to_string(covered.time_ms));
  set(wire::kNonceHeader, covered.nonce);
  set(wire::kDigestHeader, covered.digest);
  set(wire::kGenerationHeader, std::to_string(generation));
  set(wire::kSignatureHeader, crypto::base64_encode(domain::bytes_view(signature)));
  return request;
}

server::Request FakeTill::batch_request(const std::vector<wire::CaptureItem>& items) const {
  wire::CaptureBatch batch;
  batch.items = items;
  if (sends_clock) {
    batch.clock = wire::DeviceClock{wall(), kBootId, domain::to_epoch_ms(clock_.now()) - 1'795'000'000'000};
  }
  return request("POST", "/api/v1/sync/captures", wire::build(batch));
}

wire::BatchReply FakeTill::send(const Transport& server, const std::vector<wire::CaptureItem>& items) {
  const auto answer = server(batch_request(items));
  auto reply = wire::parse_batch_reply(answer.body);
  if (answer.status != 200 || !reply.ok()) throw std::runtime_error("no batch reply: " + answer.body);
  generation = reply->generation;
  return std::move(*reply.value);
}

wire::ItemOutcome FakeTill::send_one(const Transport& server, const wire::CaptureItem& item) {
  return send(server, {item}).outcomes.at(0);
}

}  // namespace ccms::test
