#include "core/wire/sync_messages.h"

#include "core/wire/json_reader.h"
#include "core/wire/json_writer.h"

namespace ccms::wire {
namespace {

using Json = nlohmann::ordered_json;

/// Replies are read by tills that may be older than the server: what they do not know they pass over.
template <class T, class Fill>
T read_reply(const Node& node, Fill fill) {
  return read_object<T, UnknownMembers::passed_over>(node, fill);
}

template <std::size_t N>
std::string base64(const std::array<std::uint8_t, N>& bytes) {
  return domain::base64_encode(domain::bytes_view(bytes));
}

template <class T>
Json list_to_json(const std::vector<T>& items, Json (*item_to_json)(const T&)) {
  Json json = Json::array();
  for (const T& item : items) json.push_back(item_to_json(item));
  return json;
}

Json id_to_json(const domain::TicketId& id) { return id.str(); }

/// Texts of a program, such as a version or a server's message: any text of at most 16,000 code points.
std::string program_text(const Node& node) { return long_text(node); }

domain::Error read_problem(const Node& node) {
  return read_reply<domain::Error>(node, [](ObjectReader& object, domain::Error& error) {
    object.required("code", error.code, short_text);
    object.required("message", error.message, program_text);
    object.optional("field", error.field, program_text);
  });
}

Json device_to_json(const Device& device) {
  return ObjectWriter().put("plugin_version", device.plugin_version).put("host", device.host).take();
}

Device read_device(const Node& node) {
  return read_object<Device>(node, [](ObjectReader& object, Device& device) {
    object.required("plugin_version", device.plugin_version, short_text);
    object.required("host", device.host, optional_text);
  });
}

// ---- captures going up

Json item_to_json(const CaptureItem& item) {
  return ObjectWriter()
      .put("capture", domain::base64_encode(item.capture))
      .put("signature", domain::base64_encode(item.signature))
      .take();
}

Json clock_to_json(const DeviceClock& clock) {
  return ObjectWriter()
      .put("wall_at", clock.wall_at)
      .put("boot_id", clock.boot_id)
      .put("boot_ms", clock.boot_ms)
      .take();
}

DeviceClock read_clock(const Node& node) {
  return read_object<DeviceClock>(node, [](ObjectReader& object, DeviceClock& clock) {
    object.required("wall_at", clock.wall_at, instant);
    object.required("boot_id", clock.boot_id, name_text);
    object.required("boot_ms", clock.boot_ms, integer<0>);
  });
}

CaptureItem read_item(const Node& node) {
  const auto base64_or_as_it_came = [](const Node& member) {
    const std::string text = read_string(member);
    return domain::base64_decode(text).value_or(text);
  };
  return read_object<CaptureItem>(node, [&](ObjectReader& object, CaptureItem& item) {
    object.required("capture", item.capture, base64_or_as_it_came);
    object.required("signature", item.signature, base64_or_as_it_came);
  });
}

Json outcome_to_json(const ItemOutcome& outcome) {
  return ObjectWriter()
      .put("event_id", outcome.event_id)
      .put("digest", domain::hex_encode(domain::bytes_view(outcome.digest)))
      .put("outcome", outcome.outcome)
      .put("problem", outcome.problem)
      .put("code", outcome.code)
      .take();
}

ItemOutcome read_outcome(const Node& node) {
  return read_reply<ItemOutcome>(node, [](ObjectReader& object, ItemOutcome& outcome) {
    object.optional("event_id", outcome.event_id, id<domain::EventId>);
    object.required("digest", outcome.digest, hex_array<32>);
    object.required("outcome", outcome.outcome, enumeration<CaptureOutcome>);
    object.optional("problem", outcome.problem, read_problem);
    object.optional("code", outcome.code, ticket_code);
  });
}

Json gap_to_json(const SequenceGap& gap) {
  return ObjectWriter().put("epoch", gap.epoch).put("from", gap.from).put("to", gap.to).take();
}

SequenceGap read_gap(const Node& node) {
  return read_reply<SequenceGap>(node, [](ObjectReader& object, SequenceGap& gap) {
    object.required("epoch", gap.epoch, integer<1>);
    object.required("from", gap.from, integer<1>);
    object.required("to", gap.to, integer<1>);
  });
}

// ---- changes coming down

Json state_to_json(const StateSummary& state) {
  return ObjectWriter().put("id", state.id).put("type", state.type).put("label", Json(state.label)).take();
}

StateSummary read_state(const Node& node) {
  return read_reply<StateSummary>(node, [](ObjectReader& object, StateSummary& state) {
    object.required("id", state.id, id<domain::StateId>);
    object.required("type", state.type, enumeration<domain::StateType>);
    object.required("label", state.label, [](const Node& label) {
      LocalisedText texts;
      if (!label.json.is_object()) label.fail("wrong_type", "An object of texts by language is expected.");
      if (!label.json.is_object()) return texts;
      for (const auto& [language, text] : label.json.items()) {
        texts[language] = program_text(label.member(language, text));
      }
      return texts;
    });
  });
}

Json update_to_json(const TicketUpdate& update) {
  return ObjectWriter()
      .put("ticket_id", update.ticket_id)
      .put("code", update.code)
      .put("version", update.version)
      .put("state", state_to_json(update.state))
      .put("ready_to_collect", update.ready_to_collect)
      .put("department", update.department)
      .put("priority", update.priority)
      .put("updated_at", update.updated_at)
      .put("verification", update.verification)
      .put("problem", update.problem)
      .put("answer_by", update.answer_by)
      .take();
}

TicketUpdate read_update(const Node& node) {
  return read_reply<TicketUpdate>(node, [](ObjectReader& object, TicketUpdate& update) {
    object.required("ticket_id", update.ticket_id, id<domain::TicketId>);
    object.required("code", update.code, ticket_code);
    object.required("version", update.version, integer<0>);
    object.required("state", update.state, read_state);
    object.required("ready_to_collect", update.ready_to_collect, boolean);
    object.optional("department", update.department, id<domain::DepartmentId>);
    object.optional("priority", update.priority, id<domain::PriorityId>);
    object.required("updated_at", update.updated_at, instant);
    object.required("verification", update.verification, short_text);
    object.optional("problem", update.problem, read_problem);
    object.optional("answer_by", update.answer_by, instant);
  });
}

}  // namespace

std::string build(const EnrolRequest& message) {
  return ObjectWriter()
      .put("code", message.code)
      .put("public_key", base64(message.public_key))
      .put("store", message.store)
      .put("till", message.till)
      .put("device", device_to_json(message.device))
      .take()
      .dump();
}

Parsed<EnrolRequest> parse_enrol_request(std::string_view bytes) {
  return read_document(bytes, [](const Node& node) {
    return read_object<EnrolRequest>(node, [](ObjectReader& object, EnrolRequest& message) {
      object.required("code", message.code, short_text);
      object.required("public_key", message.public_key, base64_array<32>);
      object.required("store", message.store, id<domain::StoreId>);
      object.required("till", message.till, id<domain::TillId>);
      object.required("device", message.device, read_device);
    });
  });
}

std::string build(const RekeyRequest& message) {
  return ObjectWriter().put("public_key", base64(message.public_key)).take().dump();
}

Parsed<RekeyRequest> parse_rekey_request(std::string_view bytes) {
  return read_document(bytes, [](const Node& node) {
    return read_object<RekeyRequest>(node, [](ObjectReader& object, RekeyRequest& message) {
      object.required("public_key", message.public_key, base64_array<32>);
    });
  });
}

std::string build(const TillIdentity& message) {
  return ObjectWriter()
      .put("till", message.till)
      .put("store", message.store)
      .put("epoch", message.epoch)
      .put("generation", message.generation)
      .put("prefix", message.prefix)
      .put("server_time", message.server_time)
      .put("server_epoch", message.server_epoch)
      .put("bundle_key", base64(message.bundle_key))
      .take()
      .dump();
}

Parsed<TillIdentity> parse_till_identity(std::string_view bytes) {
  return read_document(bytes, [](const Node& node) {
    return read_reply<TillIdentity>(node, [](ObjectReader& object, TillIdentity& message) {
      object.required("till", message.till, id<domain::TillId>);
      object.required("store", message.store, id<domain::StoreId>);
      object.required("epoch", message.epoch, integer<1>);
      object.required("generation", message.generation, integer<1>);
      object.required("prefix", message.prefix, code_prefix);
      object.required("server_time", message.server_time, instant);
      object.required("server_epoch", message.server_epoch, short_text);
      object.required("bundle_key", message.bundle_key, base64_array<32>);
    });
  });
}

std::string build(const PrefixReply& message) {
  return ObjectWriter().put("prefix", message.prefix).take().dump();
}

Parsed<PrefixReply> parse_prefix_reply(std::string_view bytes) {
  return read_document(bytes, [](const Node& node) {
    return read_reply<PrefixReply>(node, [](ObjectReader& object, PrefixReply& message) {
      object.required("prefix", message.prefix, code_prefix);
    });
  });
}

std::string build(const CaptureBatch& message) {
  ObjectWriter writer;
  writer.put("server_epoch", message.server_epoch);
  if (message.clock) writer.put("clock", clock_to_json(*message.clock));
  return writer.put("items", list_to_json(message.items, item_to_json)).take().dump();
}

Parsed<CaptureBatch> parse_capture_batch(std::string_view bytes) {
  return read_document(bytes, [](const Node& node) {
    return read_object<CaptureBatch>(node, [](ObjectReader& object, CaptureBatch& message) {
      object.optional("server_epoch", message.server_epoch, short_text);
      object.optional("clock", message.clock, read_clock);
      object.required("items", message.items, list_of(kBatchItemsLimit, read_item));
    });
  });
}

std::string build(const BatchReply& message) {
  return ObjectWriter()
      .put("server_time", message.server_time)
      .put("server_epoch", message.server_epoch)
      .put("generation", message.generation)
      .put("outcomes", list_to_json(message.outcomes, outcome_to_json))
      .put("gaps", list_to_json(message.gaps, gap_to_json))
      .take()
      .dump();
}

Parsed<BatchReply> parse_batch_reply(std::string_view bytes) {
  constexpr std::size_t kGapsLimit = 10'000;
  return read_document(bytes, [](const Node& node) {
    return read_reply<BatchReply>(node, [](ObjectReader& object, BatchReply& message) {
      object.required("server_time", message.server_time, instant);
      object.required("server_epoch", message.server_epoch, short_text);
      object.required("generation", message.generation, integer<0>);
      object.required("outcomes", message.outcomes, list_of(kBatchItemsLimit, read_outcome));
      object.required("gaps", message.gaps, list_of(kGapsLimit, read_gap));
    });
  });
}

std::string build(const ChangesReply& message) {
  ObjectWriter writer;
  writer.put("cursor", message.cursor)
      .put("more", message.more)
      .put("updates", list_to_json(message.updates, update_to_json));
  if (!message.gone.empty()) writer.put("gone", list_to_json(message.gone, id_to_json));
  return writer.take().dump();
}

Parsed<ChangesReply> parse_changes_reply(std::string_view bytes) {
  constexpr std::size_t kUpdatesLimit = 1000;
  return read_document(bytes, [](const Node& node) {
    return read_reply<ChangesReply>(node, [](ObjectReader& object, ChangesReply& message) {
      object.required("cursor", message.cursor, integer<0>);
      object.required("more", message.more, boolean);
      object.required("updates", message.updates, list_of(kUpdatesLimit, read_update));
      object.optional("gone", message.gone, list_of(kUpdatesLimit, id<domain::TicketId>));
    });
  });
}

std::string build(const HttpProblem& message) {
  ObjectWriter writer;
  writer.put("type", std::string("about:blank"))
      .put("title", message.title)
      .put("status", message.status)
      .put("code", message.code)
      .put("detail", message.detail)
      .put("field", message.field);
  if (!message.errors.empty()) writer.put("errors", to_json(message.errors));
  return writer.put("request_id", message.request_id).put("server_time", message.server_time).take().dump();
}

Parsed<HttpProblem> parse_http_problem(std::string_view bytes) {
  constexpr std::int64_t kLowestStatus = 100;
  constexpr std::int64_t kHighestStatus = 599;
  return read_document(bytes, [](const Node& node) {
    return read_reply<HttpProblem>(node, [](ObjectReader& object, HttpProblem& message) {
      std::int64_t status = 0;
      object.required("status", status, integer<kLowestStatus, kHighestStatus>);
      message.status = static_cast<int>(status);
      object.required("code", message.code, short_text);
      object.optional("title", message.title, program_text);
      object.optional("detail", message.detail, program_text);
      object.optional("field", message.field, program_text);
      object.optional("errors", message.errors, list_of(Problems::kLimit, read_problem));
      object.optional("request_id", message.request_id, short_text);
      object.optional("server_time", message.server_time, instant);
    });
  });
}

}  // namespace ccms::wire
