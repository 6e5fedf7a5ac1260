#include "tests/fuzz/wire_targets.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/domain/text.h"
#include "core/domain/ticket_code.h"
#include "core/wire/capture.h"
#include "core/wire/sync_messages.h"
#include "core/wire/ticket_json.h"

namespace ccms::fuzz {
namespace {

void promise(bool kept, const char* what) {
  if (!kept) throw std::logic_error(what);
}

template <class T>
void check_errors(const wire::Parsed<T>& parsed) {
  promise(parsed.ok() == parsed.errors.empty(), "a value, or errors, never both");
  promise(parsed.errors.size() <= wire::Problems::kLimit, "errors are bounded");
  for (const auto& error : parsed.errors) {
    promise(!error.code.empty() && !error.message.empty(), "errors say something");
    promise(domain::is_valid_utf8(error.field) && domain::is_valid_utf8(error.message), "errors are text");
  }
}

template <class Parse>
void round_trip(std::string_view bytes, Parse parse) {
  const auto parsed = parse(bytes);
  check_errors(parsed);
  if (!parsed) return;
  const auto again = parse(wire::build(*parsed));
  promise(again.ok() && *again == *parsed, "what is taken can be written and read again");
}

void request_from(std::string_view bytes, wire::RequestOrigin origin) {
  const auto parsed = wire::parse_ticket_request(bytes, origin);
  check_errors(parsed);
  if (!parsed) return;
  const auto again = wire::parse_ticket_request(wire::to_text(wire::to_json(*parsed)), origin);
  promise(again.ok() && *again == *parsed, "what is taken can be written and read again");
}

}  // namespace

void capture(std::string_view bytes) {
  wire::peek_capture(bytes);
  const auto parsed = wire::parse_capture(bytes);
  check_errors(parsed);
  if (!parsed) return;
  const auto built = wire::build_capture(*parsed);
  // Spelling a number or an escape differently may make the bytes longer than those that came.
  if (!built) return promise(built.error().code == "capture_too_large", "what is taken can be built");
  const auto again = wire::parse_capture(*built);
  promise(again.ok() && *again == *parsed, "what is built means the same");
}

void ticket_request(std::string_view bytes) {
  request_from(bytes, wire::RequestOrigin::till);
  request_from(bytes, wire::RequestOrigin::api);
}

void ticket_code(std::string_view bytes) {
  const auto code = domain::TicketCode::parse(bytes);
  if (!code) return promise(!code.error().message.empty(), "a refusal has a reason");
  promise(code->str().size() == domain::TicketCode::kLength, "a code has twelve symbols");
  for (const std::string& spelling : {code->str(), code->display()}) {
    const auto again = domain::TicketCode::parse(spelling);
    promise(again.ok() && *again == *code, "a code's own spelling is read as itself");
  }
}

void sync_messages(std::string_view bytes) {
  round_trip(bytes, wire::parse_enrol_request);
  round_trip(bytes, wire::parse_rekey_request);
  round_trip(bytes, wire::parse_till_identity);
  round_trip(bytes, wire::parse_prefix_reply);
  round_trip(bytes, wire::parse_batch_reply);
  round_trip(bytes, wire::parse_changes_reply);
  round_trip(bytes, wire::parse_http_problem);
  // Items that are not base64 are kept as they came, and so need not come back the same.
  check_errors(wire::parse_capture_batch(bytes));
}

}  // namespace ccms::fuzz
