#include "plugin/app/take_result.h"

#include "core/wire/json_reader.h"
#include "core/wire/problems.h"

namespace ccms::plugin::app {
namespace {

struct TakeRequest {
  std::string request_id;
};

TakeRequest read(const wire::Node& node) {
  return wire::read_object<TakeRequest>(node, [](wire::ObjectReader& object, TakeRequest& request) {
    object.required("request_id", request.request_id, wire::short_text);
  });
}

}  // namespace

domain::Result<std::string> take_result(Till& till, std::string_view bytes) {
  const auto parsed = wire::read_document(bytes, read);
  if (!parsed) return parsed.errors.front();
  const auto taken = till.requests.take(parsed->request_id);
  if (!taken.known)
    return domain::Error{"not_found", "no such request, or its result was taken already", "/request_id"};
  if (!taken.result) return std::string(R"({"done":false})");
  const auto& result = *taken.result;
  if (!result) return R"({"done":true,"error":)" + wire::to_json(result.error()).dump() + "}";
  return R"({"done":true,"result":)" + *result + "}";
}

}  // namespace ccms::plugin::app
