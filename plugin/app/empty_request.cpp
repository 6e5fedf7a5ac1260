#include "plugin/app/empty_request.h"

#include "core/wire/json_reader.h"

namespace ccms::plugin::app {
namespace {

struct Nothing {};

}  // namespace

domain::Result<void> check_empty_request(std::string_view request) {
  if (request.empty()) return {};
  const auto parsed = wire::read_document(request, [](const wire::Node& node) {
    return wire::read_object<Nothing>(node, [](wire::ObjectReader&, Nothing&) {});
  });
  if (!parsed) return parsed.errors.front();
  return {};
}

}  // namespace ccms::plugin::app
