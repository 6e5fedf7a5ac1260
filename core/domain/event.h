#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/domain/actor.h"
#include "core/domain/encoding.h"
#include "core/domain/enum_text.h"
#include "core/domain/ids.h"
#include "core/domain/settlement.h"
#include "core/domain/ticket.h"
#include "core/domain/ticket_code.h"
#include "core/domain/time.h"

namespace ccms::domain {

/// Events that a till captures. The server adds kinds of its own (routed, assigned, state changed …).
enum class CaptureType { created, amended, withdrawn, commented, goods_received, handed_over, settled };

template <>
inline constexpr std::array kEnumNames<CaptureType> = {
    EnumName<CaptureType>{CaptureType::created, "created"},
    EnumName<CaptureType>{CaptureType::amended, "amended"},
    EnumName<CaptureType>{CaptureType::withdrawn, "withdrawn"},
    EnumName<CaptureType>{CaptureType::commented, "commented"},
    EnumName<CaptureType>{CaptureType::goods_received, "goods_received"},
    EnumName<CaptureType>{CaptureType::handed_over, "handed_over"},
    EnumName<CaptureType>{CaptureType::settled, "settled"},
};

enum class Visibility { internal, public_ };

template <>
inline constexpr std::array kEnumNames<Visibility> = {
    EnumName<Visibility>{Visibility::internal, "internal"},
    EnumName<Visibility>{Visibility::public_, "public"},
};

struct Created {
  TicketCode code;
  FormId form_id;
  TicketContent content;
  std::optional<Instant> answer_by{};  ///< what the slip promised; absent: nothing

  bool operator==(const Created&) const = default;
};

struct Amended {
  ContentChanges changes;
  std::optional<std::string> reason;
  std::optional<Clerk> approved_by{};  ///< the manager whom the till asked

  bool operator==(const Amended&) const = default;
};

struct Withdrawn {
  std::optional<std::string> reason;
  std::optional<Clerk> approved_by{};

  bool operator==(const Withdrawn&) const = default;
};

struct Commented {
  std::string text;
  Visibility visibility = Visibility::internal;

  bool operator==(const Commented&) const = default;
};

struct GoodsReceived {
  ReasonId condition;
  std::vector<std::string> accessories;
  std::optional<std::string> serial;
  std::optional<std::string> tag;
  std::optional<std::string> shelf;

  bool operator==(const GoodsReceived&) const = default;
};

struct HandedOver {
  std::optional<std::string> to;
  std::optional<std::string> note;

  bool operator==(const HandedOver&) const = default;
};

/// In the order of CaptureType.
using CaptureBody = std::variant<Created, Amended, Withdrawn, Commented, GoodsReceived, HandedOver, Settled>;

/// One event as a till recorded it, before it becomes the bytes that are signed (wire/capture.h).
struct Capture {
  EventId event_id;
  TicketId ticket_id;
  TillId till;
  StoreId store;
  std::int64_t epoch = 1;  ///< of the till's identity; a restored till starts the next one
  std::int64_t seq = 1;    ///< gap-free within the epoch, from 1
  std::array<std::uint8_t, 16> salt{};
  Instant wall_at;           ///< the device's wall clock, uncorrected
  std::string boot_id;       ///< names the run of the device's boot clock
  std::int64_t boot_ms = 0;  ///< the boot clock at that moment
  std::int64_t settings_version = 0;
  bool training = false;
  Clerk clerk;
  std::optional<Digest> corrects;  ///< SHA-256 of the rejected capture that this one replaces
  CaptureBody body;

  CaptureType type() const { return static_cast<CaptureType>(body.index()); }
  bool operator==(const Capture&) const = default;
};

/// Replaces payment card numbers (card_redaction.h) in everything in an event that people type; see ticket.h
/// for what that is in a ticket. Valid UTF-8 alone.
void redact_card_numbers(CaptureBody& body);

}  // namespace ccms::domain
