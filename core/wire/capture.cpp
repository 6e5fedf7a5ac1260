#include "core/wire/capture.h"

#include <array>

#include "core/wire/json_writer.h"
#include "core/wire/ticket_reader.h"

namespace ccms::wire {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kAccessoriesLimit = 50;

// ---- writing, one function per type of event

Json body_to_json(const domain::Created& body) {
  const domain::TicketContent& content = body.content;
  return ObjectWriter()
      .put("code", body.code)
      .put("form_id", body.form_id)
      .put("kind", content.kind)
      .put("language", content.language)
      .put("channel", domain::Channel::till)
      .put("ticket", content.ticket)
      .put("complainant", content.complainant)
      .put("customer", content.customer)
      .put("transaction", content.transaction)
      .put("proof", content.proof)
      .put("answer_by", body.answer_by)
      .take();
}

Json body_to_json(const domain::Amended& body) {
  return ObjectWriter()
      .put("changes", body.changes)
      .put("reason", body.reason)
      .put("approved_by", body.approved_by)
      .take();
}

Json body_to_json(const domain::Withdrawn& body) {
  return ObjectWriter().put("reason", body.reason).put("approved_by", body.approved_by).take();
}

Json body_to_json(const domain::Commented& body) {
  return ObjectWriter().put("text", body.text).put("visibility", body.visibility).take();
}

Json body_to_json(const domain::GoodsReceived& body) {
  return ObjectWriter()
      .put("condition", body.condition)
      .put("accessories", body.accessories)
      .put("serial", body.serial)
      .put("tag", body.tag)
      .put("shelf", body.shelf)
      .take();
}

Json body_to_json(const domain::HandedOver& body) {
  return ObjectWriter().put("to", body.to).put("note", body.note).take();
}

Json body_to_json(const domain::Settled& body) {
  return ObjectWriter()
      .put("resolution_code", body.resolution_code)
      .put("note", body.note)
      .put("remedy", body.remedy)
      .put("approved_by", body.approved_by)
      .take();
}

std::optional<std::string> hex(const std::optional<domain::Digest>& digest) {
  if (!digest) return std::nullopt;
  return domain::hex_encode(domain::bytes_view(*digest));
}

/// The order of members is part of the format: the bytes are what is signed.
Json capture_to_json(const domain::Capture& capture) {
  return ObjectWriter(17)
      .put("wire", kWireVersion)
      .put("event_id", capture.event_id)
      .put("ticket_id", capture.ticket_id)
      .put("type", capture.type())
      .put("till", capture.till)
      .put("store", capture.store)
      .put("epoch", capture.epoch)
      .put("seq", capture.seq)
      .put("salt", domain::hex_encode(domain::bytes_view(capture.salt)))
      .put("wall_at", capture.wall_at)
      .put("boot_id", capture.boot_id)
      .put("boot_ms", capture.boot_ms)
      .put("settings_version", capture.settings_version)
      .put("training", capture.training)
      .put("clerk", capture.clerk)
      .put("corrects", hex(capture.corrects))
      .put("body", std::visit([](const auto& body) { return body_to_json(body); }, capture.body))
      .take();
}

// ---- reading, one function per type of event

domain::CaptureBody read_created(const Node& node) {
  return read_object<domain::Created>(node, [](ObjectReader& object, domain::Created& body) {
    object.required("code", body.code, ticket_code);
    object.required("form_id", body.form_id, id<domain::FormId>);
    auto channel = domain::Channel::till;
    object.required("channel", channel, enumeration<domain::Channel>);
    if (channel != domain::Channel::till) {
      object.node().member("channel", object.node().json).fail("bad_value", "A till's channel is \"till\".");
    }
    read_content(object, body.content, Absence::refused);
    object.optional("answer_by", body.answer_by, instant);
  });
}

domain::CaptureBody read_amended(const Node& node) {
  return read_object<domain::Amended>(node, [](ObjectReader& object, domain::Amended& body) {
    object.required("changes", body.changes, read_content_changes);
    object.optional("reason", body.reason, short_text);
    object.optional("approved_by", body.approved_by, read_clerk);
  });
}

domain::CaptureBody read_withdrawn(const Node& node) {
  return read_object<domain::Withdrawn>(node, [](ObjectReader& object, domain::Withdrawn& body) {
    object.optional("reason", body.reason, short_text);
    object.optional("approved_by", body.approved_by, read_clerk);
  });
}

domain::CaptureBody read_commented(const Node& node) {
  return read_object<domain::Commented>(node, [](ObjectReader& object, domain::Commented& body) {
    object.required("text", body.text,
                    [](const Node& text) { return read_text(text, domain::kLongTextLimit, false); });
    object.required("visibility", body.visibility, enumeration<domain::Visibility>);
  });
}

domain::CaptureBody read_goods_received(const Node& node) {
  return read_object<domain::GoodsReceived>(node, [](ObjectReader& object, domain::GoodsReceived& body) {
    object.required("condition", body.condition, id<domain::ReasonId>);
    object.required("accessories", body.accessories, list_of(kAccessoriesLimit, short_text));
    object.optional("serial", body.serial, short_text);
    object.optional("tag", body.tag, short_text);
    object.optional("shelf", body.shelf, short_text);
  });
}

domain::CaptureBody read_handed_over(const Node& node) {
  return read_object<domain::HandedOver>(node, [](ObjectReader& object, domain::HandedOver& body) {
    object.optional("to", body.to, name_text);
    object.optional("note", body.note, short_text);
  });
}

domain::CaptureBody read_settled_body(const Node& node) { return read_settled(node); }

/// In the order of CaptureType.
constexpr std::array kBodyReaders = {read_created,        read_amended,     read_withdrawn,   read_commented,
                                     read_goods_received, read_handed_over, read_settled_body};
static_assert(kBodyReaders.size() == std::variant_size_v<domain::CaptureBody>);

domain::Capture read_capture(const Node& node) {
  return read_object<domain::Capture>(node, [](ObjectReader& object, domain::Capture& capture) {
    std::int64_t version = 0;
    object.required("wire", version, integer<kWireVersion, kWireVersion>);
    object.required("event_id", capture.event_id, id<domain::EventId>);
    object.required("ticket_id", capture.ticket_id, id<domain::TicketId>);
    std::optional<domain::CaptureType> type;
    object.required("type", type, known_word<domain::CaptureType>);
    object.required("till", capture.till, id<domain::TillId>);
    object.required("store", capture.store, id<domain::StoreId>);
    object.required("epoch", capture.epoch, integer<1>);
    object.required("seq", capture.seq, integer<1>);
    object.required("salt", capture.salt, hex_array<16>);
    object.required("wall_at", capture.wall_at, instant);
    object.required("boot_id", capture.boot_id, name_text);
    object.required("boot_ms", capture.boot_ms, integer<0>);
    object.required("settings_version", capture.settings_version, integer<0>);
    object.required("training", capture.training, boolean);
    object.required("clerk", capture.clerk, read_clerk);
    object.optional("corrects", capture.corrects, hex_array<32>);
    // Without its type a body cannot be judged; the type's own error is enough.
    object.required("body", capture.body, [type](const Node& body) {
      return type ? kBodyReaders[static_cast<std::size_t>(*type)](body) : domain::CaptureBody();
    });
  });
}

domain::Error too_large() {
  return {"capture_too_large", "The event has more than " + std::to_string(kCaptureBytesLimit) + " bytes.",
          ""};
}

template <class Identifier>
Identifier peek_id(const Json& json, const char* name) {
  const auto at = json.find(name);
  if (at == json.end() || !at->is_string()) return {};
  return Identifier::parse(at->get_ref<const std::string&>()).value_or(Identifier());
}

std::optional<std::int64_t> peek_integer(const Json& json, const char* name) {
  Problems problems;
  const auto at = json.find(name);
  if (at == json.end()) return std::nullopt;
  const auto value = read_integer(Node(*at, "", problems), 1, kIntegerLimit);
  if (!problems.empty()) return std::nullopt;
  return value;
}

}  // namespace

domain::Result<std::string> build_capture(const domain::Capture& capture, Parts parts) {
  const Json json = capture_to_json(capture);
  if (parts == Parts::unread) {
    Problems problems;
    read_capture(Node(json, "", problems));
    if (!problems.empty()) return std::move(problems).take().front();
  }
  std::string bytes = json.dump();
  if (bytes.size() > kCaptureBytesLimit) return too_large();
  return bytes;
}

Parsed<domain::Capture> parse_capture(std::string_view bytes) {
  if (bytes.size() > kCaptureBytesLimit) return {std::nullopt, {too_large()}};
  return read_document(bytes, read_capture);
}

CaptureIdentity peek_capture(std::string_view bytes) {
  CaptureIdentity identity;
  Problems ignored;
  if (bytes.size() > kCaptureBytesLimit) return identity;
  const auto json = parse_json(bytes, ignored);
  if (!json || !json->is_object()) return identity;
  identity.event_id = peek_id<domain::EventId>(*json, "event_id");
  identity.ticket_id = peek_id<domain::TicketId>(*json, "ticket_id");
  identity.till = peek_id<domain::TillId>(*json, "till");
  identity.epoch = peek_integer(*json, "epoch");
  identity.seq = peek_integer(*json, "seq");
  return identity;
}

}  // namespace ccms::wire
