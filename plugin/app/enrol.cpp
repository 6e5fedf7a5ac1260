#include "plugin/app/enrol.h"

#include <nlohmann/json.hpp>

#include "core/wire/ticket_reader.h"

namespace ccms::plugin::app {
namespace {

struct EnrolmentRequest {
  std::string code;
  domain::Clerk clerk;
};

EnrolmentRequest read(const wire::Node& node) {
  return wire::read_object<EnrolmentRequest>(node, [](wire::ObjectReader& object, EnrolmentRequest& request) {
    object.required("code", request.code, wire::short_text);
    object.optional("clerk", request.clerk, wire::read_clerk);
  });
}

}  // namespace

domain::Result<std::string> enrol(Till& till, std::string_view bytes) {
  const auto parsed = wire::read_document(bytes, read);
  if (!parsed) return parsed.errors.front();
  const auto id = till.requests.submit(NetworkRequest::Kind::enrol, parsed->code);
  till.wake.new_work();
  return nlohmann::ordered_json{{"request_id", id}}.dump();
}

}  // namespace ccms::plugin::app
