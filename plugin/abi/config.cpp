#include "plugin/abi/config.h"

#include "core/wire/json_reader.h"

namespace ccms::plugin::abi {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::size_t kPathLimit = 4096;

std::string path_text(const wire::Node& node) { return wire::read_text(node, kPathLimit, false); }

std::string absolute_path(const wire::Node& node) {
  auto path = path_text(node);
  if (!path.empty() && path.front() != '/') node.fail("bad_value", "An absolute path is expected.");
  return path;
}

std::chrono::milliseconds milliseconds(const wire::Node& node) {
  return std::chrono::milliseconds(wire::integer<1, kHourMs>(node));
}

sync::SyncTiming timing(const wire::Node& node) {
  return wire::read_object<sync::SyncTiming>(node, [](wire::ObjectReader& object, sync::SyncTiming& out) {
    object.optional("first_retry_ms", out.retry.first, milliseconds);
    object.optional("max_retry_ms", out.retry.cap, milliseconds);
    object.optional("poll_ms", out.poll, milliseconds);
  });
}

Config read(const wire::Node& node) {
  return wire::read_object<Config>(node, [](wire::ObjectReader& object, Config& config) {
    object.required("data_folder", config.data_folder, absolute_path);
    object.required("server_url", config.server_url, path_text);
    object.optional("ca_file", config.ca_file, absolute_path);
    object.required("store", config.till.store, wire::id<domain::StoreId>);
    object.required("till", config.till.till, wire::id<domain::TillId>);
    object.optional("language", config.till.language, wire::language_tag);
    object.optional("sync", config.timing, timing);
  });
}

}  // namespace

domain::Result<Config> parse_config(std::string_view json) {
  auto parsed = wire::read_document(json, read);
  if (!parsed) return parsed.errors.front();
  return std::move(*parsed.value);
}

}  // namespace ccms::plugin::abi
