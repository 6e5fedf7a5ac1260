#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/encoding.h"
#include "core/domain/enum_text.h"
#include "core/domain/ids.h"
#include "core/domain/result.h"
#include "core/domain/ticket.h"
#include "core/domain/ticket_code.h"
#include "core/domain/time.h"
#include "core/wire/problems.h"

// The bodies of the sync requests between till and server. build_* gives the bytes of a body, parse_* reads
// one: requests strictly, replies leniently (members that a newer server adds are passed over).

namespace ccms::wire {

using PublicKeyBytes = std::array<std::uint8_t, 32>;

/// What runs at the till.
struct Device {
  std::string plugin_version;
  std::string host;

  bool operator==(const Device&) const = default;
};

struct EnrolRequest {
  std::string code;  ///< "XXXX-XXXX-XXXX" as typed
  PublicKeyBytes public_key{};
  domain::StoreId store;
  domain::TillId till;
  Device device;

  bool operator==(const EnrolRequest&) const = default;
};

struct RekeyRequest {
  PublicKeyBytes public_key{};

  bool operator==(const RekeyRequest&) const = default;
};

/// The answer to enrol and to rekey: the till's identity from now on.
struct TillIdentity {
  domain::TillId till;
  domain::StoreId store;
  std::int64_t epoch = 1;
  std::int64_t generation = 1;
  std::string prefix;  ///< of ticket codes, four symbols
  domain::Instant server_time;
  std::string server_epoch;
  PublicKeyBytes bundle_key{};  ///< verifies settings bundles

  bool operator==(const TillIdentity&) const = default;
};

struct PrefixReply {
  std::string prefix;

  bool operator==(const PrefixReply&) const = default;
};

inline constexpr std::size_t kBatchItemsLimit = 100;
inline constexpr std::size_t kBatchBytesLimit = 4 * 1024 * 1024;

/// A capture on its way. What is not base64 is kept as the text that came, so that one bad item is refused by
/// itself (not_json, bad_signature) and blocks no other.
struct CaptureItem {
  std::string capture;    ///< the exact bytes
  std::string signature;  ///< raw; 64 bytes when well-formed

  bool operator==(const CaptureItem&) const = default;
};

/// The device's own clocks, uncorrected, when a batch was sent: what a server needs to correct captures'
/// times.
struct DeviceClock {
  domain::Instant wall_at;
  std::string boot_id;  ///< as in captures: the same id means the same boot clock
  std::int64_t boot_ms = 0;

  bool operator==(const DeviceClock&) const = default;
};

struct CaptureBatch {
  std::optional<std::string> server_epoch;  ///< as last seen
  std::optional<DeviceClock> clock;
  std::vector<CaptureItem> items;

  bool operator==(const CaptureBatch&) const = default;
};

enum class CaptureOutcome { stored, duplicate, rejected, code_changed };

}  // namespace ccms::wire

template <>
inline constexpr std::array ccms::domain::kEnumNames<ccms::wire::CaptureOutcome> = {
    ccms::domain::EnumName<ccms::wire::CaptureOutcome>{ccms::wire::CaptureOutcome::stored, "stored"},
    ccms::domain::EnumName<ccms::wire::CaptureOutcome>{ccms::wire::CaptureOutcome::duplicate, "duplicate"},
    ccms::domain::EnumName<ccms::wire::CaptureOutcome>{ccms::wire::CaptureOutcome::rejected, "rejected"},
    ccms::domain::EnumName<ccms::wire::CaptureOutcome>{ccms::wire::CaptureOutcome::code_changed,
                                                       "code_changed"},
};

namespace ccms::wire {

struct ItemOutcome {
  std::optional<domain::EventId> event_id;  ///< absent when the capture could not be read
  domain::Digest digest{};                  ///< SHA-256 of the capture's bytes: always identifies the item
  CaptureOutcome outcome = CaptureOutcome::stored;
  std::optional<domain::Error> problem;    ///< when rejected
  std::optional<domain::TicketCode> code;  ///< when code_changed: the ticket's code from now on

  bool operator==(const ItemOutcome&) const = default;
};

/// Sequence numbers from..to (both inclusive) of an epoch that the server has never seen.
struct SequenceGap {
  std::int64_t epoch = 0;
  std::int64_t from = 0;
  std::int64_t to = 0;

  bool operator==(const SequenceGap&) const = default;
};

struct BatchReply {
  domain::Instant server_time;
  std::string server_epoch;
  std::int64_t generation = 0;
  std::vector<ItemOutcome> outcomes;
  std::vector<SequenceGap> gaps;

  bool operator==(const BatchReply&) const = default;
};

/// Text per language tag.
using LocalisedText = std::map<std::string, std::string>;

struct StateSummary {
  domain::StateId id;
  domain::StateType type = domain::StateType::new_;
  LocalisedText label;

  bool operator==(const StateSummary&) const = default;
};

/// What a till learns about a ticket of its store.
struct TicketUpdate {
  domain::TicketId ticket_id;
  domain::TicketCode code;
  std::int64_t version = 0;
  StateSummary state;
  bool ready_to_collect = false;
  std::optional<domain::DepartmentId> department;
  std::optional<domain::PriorityId> priority;
  domain::Instant updated_at;
  std::string verification;
  std::optional<domain::Error> problem;
  std::optional<domain::Instant> answer_by{};  ///< what the customer was told last

  bool operator==(const TicketUpdate&) const = default;
};

struct ChangesReply {
  std::int64_t cursor = 0;
  bool more = false;
  std::vector<TicketUpdate> updates;
  std::vector<domain::TicketId> gone;  ///< not for this store's eyes any more: to be forgotten

  bool operator==(const ChangesReply&) const = default;
};

/// An error answer (application/problem+json).
struct HttpProblem {
  int status = 0;
  std::string code;
  std::string title;
  std::string detail;
  std::optional<std::string> field;
  std::vector<domain::Error> errors;
  std::optional<std::string> request_id;
  std::optional<domain::Instant> server_time;  ///< with code clock_skew

  bool operator==(const HttpProblem&) const = default;
};

std::string build(const EnrolRequest& message);
std::string build(const RekeyRequest& message);
std::string build(const TillIdentity& message);
std::string build(const PrefixReply& message);
std::string build(const CaptureBatch& message);
std::string build(const BatchReply& message);
std::string build(const ChangesReply& message);
std::string build(const HttpProblem& message);

Parsed<EnrolRequest> parse_enrol_request(std::string_view bytes);
Parsed<RekeyRequest> parse_rekey_request(std::string_view bytes);
Parsed<TillIdentity> parse_till_identity(std::string_view bytes);
Parsed<PrefixReply> parse_prefix_reply(std::string_view bytes);
Parsed<CaptureBatch> parse_capture_batch(std::string_view bytes);
Parsed<BatchReply> parse_batch_reply(std::string_view bytes);
Parsed<ChangesReply> parse_changes_reply(std::string_view bytes);
Parsed<HttpProblem> parse_http_problem(std::string_view bytes);

}  // namespace ccms::wire
