#include "tests/support/fake_server/fake_server.h"

#include <algorithm>
#include <utility>

#include "core/crypto/digest.h"
#include "core/wire/capture.h"
#include "core/wire/signing.h"

namespace ccms::test {
namespace {

using plugin::sync::HttpRequest;
using plugin::sync::HttpResponse;

constexpr std::int64_t kClockTolerance = 300'000;

HttpResponse problem(int status, const std::string& code, const std::string& detail,
                     const std::string& field = {}) {
  wire::HttpProblem body;
  body.status = status;
  body.code = code;
  body.title = code;
  body.detail = detail;
  if (!field.empty()) body.field = field;
  return {status, wire::build(body), {}};
}

std::string header(const HttpRequest& request, std::string_view name) {
  const auto found = request.headers.find(std::string(name));
  return found == request.headers.end() ? std::string() : found->second;
}

std::int64_t number(const std::string& text) { return text.empty() ? 0 : std::stoll(text); }

std::string till_of(const HttpRequest& request) { return header(request, wire::kTillHeader); }

}  // namespace

FakeServer::FakeServer(std::function<domain::Instant()> now) : now_(std::move(now)) {}

HttpResponse FakeServer::handle(const HttpRequest& request, Fault fault) {
  const std::lock_guard lock(mutex_);
  requests_.push_back(request.method + " " + request.path);
  if (fault == Fault::server_error) return problem(500, "internal", "a fault");
  if (fault == Fault::too_many)
    return {429, problem(429, "too_many", "a fault").body, {{"retry-after", "7"}}};
  if (fault == Fault::garbage) return {200, "<html>Please sign in to the store's network</html>", {}};
  if (request.path == "/api/v1/tills/enrol") return enrol(request);
  if (always_) return {always_->status, wire::build(*always_), {}};
  if (auto refused = authenticate(request)) return *refused;
  const auto till = till_of(request);
  if (request.path == "/api/v1/tills/rekey") return rekey(request, till);
  if (request.path == "/api/v1/tills/prefix") return {200, wire::build(wire::PrefixReply{next_prefix_}), {}};
  const bool stays_open =
      !request.path.starts_with("/api/v1/sync/") || request.path == "/api/v1/sync/settings";
  if (!stays_open && times_switched_off_ > 0) {
    --times_switched_off_;
    return problem(403, "ccms_disabled", "CCMS is switched off for this till");
  }
  if (request.path == "/api/v1/sync/captures") return take_captures(request, till);
  if (request.path.starts_with("/api/v1/sync/changes")) return changes(request);
  if (request.path == "/api/v1/sync/settings") return settings(request);
  if (request.path.starts_with("/api/v1/sync/tickets")) return tickets(request);
  return problem(404, "not_found", "no such resource");
}

HttpResponse FakeServer::enrol(const HttpRequest& request) {
  const auto parsed = wire::parse_enrol_request(request.body);
  if (!parsed) return problem(422, parsed.errors[0].code, parsed.errors[0].message, parsed.errors[0].field);
  const auto code = codes_.find(parsed->code);
  if (code == codes_.end()) return problem(403, "enrolment_refused", "this code cannot be used", "/code");
  if (code->second != parsed->till.str())
    return problem(403, "wrong_till", "the code is another till's", "/till");
  codes_.erase(code);
  auto& till = tills_[parsed->till.str()];
  till.store = parsed->store.str();
  till.keys[++till.epoch] = parsed->public_key;
  return {201, wire::build(identity_of(parsed->till.str())), {}};
}

HttpResponse FakeServer::rekey(const HttpRequest& request, const std::string& till) {
  const auto parsed = wire::parse_rekey_request(request.body);
  if (!parsed) return problem(422, parsed.errors[0].code, parsed.errors[0].message);
  auto& record = tills_.at(till);
  record.keys[++record.epoch] = parsed->public_key;
  record.generation += 10;
  next_prefix_ = domain::ticket_code_prefix(static_cast<std::uint32_t>(record.epoch));
  return {201, wire::build(identity_of(till)), {}};
}

wire::TillIdentity FakeServer::identity_of(const std::string& till) const {
  const auto& record = tills_.at(till);
  wire::TillIdentity identity;
  identity.till = domain::TillId(till);
  identity.store = domain::StoreId(record.store);
  identity.epoch = record.epoch;
  identity.generation = record.generation;
  identity.prefix = next_prefix_;
  identity.server_time = now_();
  identity.server_epoch = server_epoch_;
  identity.bundle_key = bundle_pair_.public_key();
  return identity;
}

std::optional<HttpResponse> FakeServer::authenticate(const HttpRequest& request) {
  const auto till = tills_.find(till_of(request));
  if (till == tills_.end()) return problem(401, "unknown_till", "no such till");
  const wire::SignedRequest covered{request.method,
                                    request.path,
                                    domain::TillId(till->first),
                                    number(header(request, wire::kEpochHeader)),
                                    crypto::sha256_hex(request.body),
                                    number(header(request, wire::kTimeHeader)),
                                    header(request, wire::kNonceHeader),
                                    number(header(request, wire::kGenerationHeader))};
  const auto signature = crypto::base64_decode(header(request, wire::kSignatureHeader)).value_or("");
  const auto key = till->second.keys.find(covered.epoch);
  if (key == till->second.keys.end() || header(request, wire::kDigestHeader) != covered.digest ||
      !crypto::verify(key->second, wire::request_signing_bytes(covered), signature)) {
    return problem(401, "bad_signature", "the signature is wrong");
  }
  if (std::abs(covered.time_ms - domain::to_epoch_ms(now_())) > kClockTolerance) {
    wire::HttpProblem skew;
    skew.status = 401;
    skew.code = "clock_skew";
    skew.title = "clock_skew";
    skew.server_time = now_();
    return HttpResponse{401, wire::build(skew), {}};
  }
  if (!nonces_.insert(covered.nonce).second) return problem(401, "replayed_nonce", "seen before");
  const bool current =
      covered.generation == till->second.generation || covered.generation + 1 == till->second.generation;
  if (!current && request.path != "/api/v1/tills/rekey") {
    return problem(409, "generation_stale", "a copy of this till has been here");
  }
  return std::nullopt;
}

HttpResponse FakeServer::take_captures(const HttpRequest& request, const std::string& till) {
  const auto batch = wire::parse_capture_batch(request.body);
  if (!batch) return problem(422, batch.errors[0].code, batch.errors[0].message, batch.errors[0].field);
  if (!breaking_word_.empty() && std::any_of(batch->items.begin(), batch->items.end(), [&](const auto& item) {
        return item.capture.find(breaking_word_) != std::string::npos;
      })) {
    return problem(500, "internal", "one capture too difficult");
  }
  clock_ = batch->clock;
  wire::BatchReply reply;
  for (const auto& item : batch->items) reply.outcomes.push_back(take(item, till));
  auto& record = tills_.at(till);
  if (number(header(request, wire::kGenerationHeader)) == record.generation) ++record.generation;
  reply.server_time = now_();
  reply.server_epoch = server_epoch_;
  reply.generation = record.generation;
  reply.gaps = gaps_locked(till);
  return {200, wire::build(reply), {}};
}

wire::ItemOutcome FakeServer::take(const wire::CaptureItem& item, const std::string& till) {
  wire::ItemOutcome outcome;
  outcome.digest = crypto::sha256(item.capture);
  outcome.outcome = wire::CaptureOutcome::rejected;
  const auto parsed = wire::parse_capture(item.capture);
  if (!parsed) {
    outcome.problem = parsed.errors[0];
    return outcome;
  }
  const auto& keys = tills_.at(till).keys;
  const auto key = keys.find(parsed->epoch);
  if (key == keys.end() ||
      !crypto::verify(key->second, wire::capture_signing_bytes(outcome.digest), item.signature)) {
    outcome.problem = domain::Error{"bad_signature", "the capture's signature is wrong", ""};
    return outcome;
  }
  tills_.at(till).numbers[parsed->epoch].insert(parsed->seq);
  auto judged = judge_capture(*parsed, item.capture, till);
  judged.event_id = parsed->event_id;
  judged.digest = outcome.digest;
  return judged;
}

wire::ItemOutcome FakeServer::judge_capture(const domain::Capture& capture, const std::string& bytes,
                                            const std::string& till) {
  wire::ItemOutcome outcome;
  outcome.outcome = wire::CaptureOutcome::rejected;
  const auto& id = capture.event_id.str();
  if (capture.till.str() != till) {
    outcome.problem = domain::Error{"wrong_till", "another till's capture", "/till"};
  } else if (const auto known = captures_.find(id); known != captures_.end()) {
    if (known->second.bytes == bytes) {
      ++duplicates_;
      outcome.outcome = wire::CaptureOutcome::duplicate;
    } else {
      outcome.problem = domain::Error{"event_id_conflict", "the same event with other bytes", "/event_id"};
    }
  } else if (capture.corrects &&
             !rejected_digests_.contains(crypto::hex_encode(domain::bytes_view(*capture.corrects)))) {
    outcome.problem = domain::Error{"correction_not_expected", "nothing was rejected", "/corrects"};
  } else {
    outcome.outcome = wire::CaptureOutcome::stored;
    const auto* created = std::get_if<domain::Created>(&capture.body);
    for (const auto& [word, why] : rejections_) {
      const auto* comment = std::get_if<domain::Commented>(&capture.body);
      const std::string text = created != nullptr   ? created->content.ticket.details
                               : comment != nullptr ? comment->text
                                                    : std::string();
      const bool hit = word == "*" || text.find(word) != std::string::npos;
      if (!hit) continue;
      outcome.outcome = wire::CaptureOutcome::rejected;
      outcome.problem = why;
      rejected_digests_.insert(crypto::sha256_hex(bytes));
      return outcome;
    }
    captures_[id] = {bytes, capture};
    order_.push_back(id);
    if (created != nullptr && next_code_) {
      outcome.outcome = wire::CaptureOutcome::code_changed;
      outcome.code = std::exchange(next_code_, std::nullopt);
    }
  }
  return outcome;
}

std::vector<wire::SequenceGap> FakeServer::gaps_locked(const std::string& till) const {
  std::vector<wire::SequenceGap> gaps;
  for (const auto& [epoch, numbers] : tills_.at(till).numbers) {
    std::int64_t next = 1;
    for (const auto seq : numbers) {
      if (seq > next) gaps.push_back({epoch, next, seq - 1});
      next = seq + 1;
    }
  }
  return gaps;
}

HttpResponse FakeServer::changes(const HttpRequest& request) const {
  const auto at = request.path.find("cursor=");
  const auto cursor =
      static_cast<std::size_t>(number(request.path.substr(at + 7, request.path.find('&') - at - 7)));
  wire::ChangesReply reply;
  for (std::size_t i = cursor; i < changes_.size(); ++i) {
    if (const auto* update = std::get_if<wire::TicketUpdate>(&changes_[i])) reply.updates.push_back(*update);
    if (const auto* gone = std::get_if<domain::TicketId>(&changes_[i])) reply.gone.push_back(*gone);
  }
  reply.cursor = static_cast<std::int64_t>(changes_.size());
  return {200, wire::build(reply), {}};
}

HttpResponse FakeServer::settings(const HttpRequest& request) const {
  if (!etag_.empty() && header(request, "If-None-Match") == etag_) return {304, "", {{"etag", etag_}}};
  if (bundle_.empty()) return problem(404, "not_found", "no settings published");
  const auto pair = wrong_bundle_key_ ? crypto::KeyPair::generate()
                                      : crypto::KeyPair::from_private(bundle_pair_.private_key());
  const auto signature = pair.sign(wire::bundle_signing_bytes(crypto::sha256(bundle_)));
  return {200,
          bundle_,
          {{"etag", etag_}, {"ccms-bundle-signature", crypto::base64_encode(domain::bytes_view(signature))}}};
}

HttpResponse FakeServer::tickets(const HttpRequest& request) const {
  if (request.path.find('?') != std::string::npos) return {200, search_reply_, {}};
  if (!ticket_reply_.empty()) return {200, ticket_reply_, {}};
  const auto code = request.path.substr(request.path.rfind('/') + 1);
  for (const auto& [id, stored] : captures_) {
    const auto* created = std::get_if<domain::Created>(&stored.capture.body);
    if (created == nullptr || created->code.str() != code) continue;
    return {200,
            R"({"ticket":{"ticket_id":")" + stored.capture.ticket_id.str() + R"(","code":")" +
                created->code.display() + "\"}}",
            {}};
  }
  return problem(404, "not_found", "no such ticket");
}

void FakeServer::add_code(const std::string& code, const std::string& till) {
  const std::lock_guard lock(mutex_);
  codes_[code] = till;
}

void FakeServer::know_till(const std::string& till, const std::string& store, std::int64_t epoch,
                           const crypto::PublicKey& key, std::int64_t generation) {
  const std::lock_guard lock(mutex_);
  auto& record = tills_[till];
  record.store = store;
  record.epoch = epoch;
  record.generation = generation;
  record.keys[epoch] = key;
}

void FakeServer::set_bundle(std::string body, std::string etag) {
  const std::lock_guard lock(mutex_);
  bundle_ = std::move(body);
  etag_ = std::move(etag);
}

void FakeServer::sign_bundles_wrongly() {
  const std::lock_guard lock(mutex_);
  wrong_bundle_key_ = true;
}

void FakeServer::add_update(wire::TicketUpdate update) {
  const std::lock_guard lock(mutex_);
  changes_.emplace_back(std::move(update));
}

void FakeServer::add_gone(const domain::TicketId& ticket_id) {
  const std::lock_guard lock(mutex_);
  changes_.emplace_back(ticket_id);
}

void FakeServer::reject(const std::string& word, const domain::Error& why) {
  const std::lock_guard lock(mutex_);
  rejections_[word] = why;
}

void FakeServer::reject_nothing() {
  const std::lock_guard lock(mutex_);
  rejections_.clear();
}

void FakeServer::break_on(const std::string& word) {
  const std::lock_guard lock(mutex_);
  breaking_word_ = word;
}

void FakeServer::change_next_code(const domain::TicketCode& code) {
  const std::lock_guard lock(mutex_);
  next_code_ = code;
}

void FakeServer::answer_always(std::optional<wire::HttpProblem> answer) {
  const std::lock_guard lock(mutex_);
  always_ = std::move(answer);
}

void FakeServer::restore_backup(std::size_t keep, const std::string& server_epoch) {
  const std::lock_guard lock(mutex_);
  while (order_.size() > keep) {
    const auto found = captures_.find(order_.back());
    const auto& capture = found->second.capture;
    tills_.at(capture.till.str()).numbers[capture.epoch].erase(capture.seq);
    captures_.erase(found);
    order_.pop_back();
  }
  rejected_digests_.clear();
  changes_.clear();
  server_epoch_ = server_epoch;
}

void FakeServer::switch_off(bool off, int times) {
  const std::lock_guard lock(mutex_);
  times_switched_off_ = off ? times : 0;
}

void FakeServer::advance_generation(const std::string& till, int by) {
  const std::lock_guard lock(mutex_);
  tills_.at(till).generation += by;
}

void FakeServer::set_next_prefix(std::string prefix) {
  const std::lock_guard lock(mutex_);
  next_prefix_ = std::move(prefix);
}

void FakeServer::set_search_reply(std::string json) {
  const std::lock_guard lock(mutex_);
  search_reply_ = std::move(json);
}

void FakeServer::set_ticket_reply(std::string json) {
  const std::lock_guard lock(mutex_);
  ticket_reply_ = std::move(json);
}

std::map<std::string, StoredCapture> FakeServer::captures() const {
  const std::lock_guard lock(mutex_);
  return captures_;
}

std::vector<std::string> FakeServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::size_t FakeServer::duplicates() const {
  const std::lock_guard lock(mutex_);
  return duplicates_;
}

std::vector<wire::SequenceGap> FakeServer::gaps(const std::string& till) const {
  const std::lock_guard lock(mutex_);
  return gaps_locked(till);
}

wire::DeviceClock FakeServer::last_clock() const {
  const std::lock_guard lock(mutex_);
  return clock_.value_or(wire::DeviceClock{});
}

}  // namespace ccms::test
