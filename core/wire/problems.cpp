#include "core/wire/problems.h"

#include <nlohmann/json.hpp>

#include "core/domain/text.h"

namespace ccms::wire {

void Problems::add(std::string code, std::string message, std::string field) {
  if (full()) return;
  if (field.size() > kFieldBytesLimit) field = domain::truncate_code_points(field, kFieldBytesLimit / 4);
  errors_.push_back({std::move(code), std::move(message), std::move(field)});
}

nlohmann::ordered_json to_json(const domain::Error& error) {
  nlohmann::ordered_json json = {{"code", error.code}, {"message", error.message}};
  if (!error.field.empty()) json["field"] = error.field;
  return json;
}

nlohmann::ordered_json to_json(const std::vector<domain::Error>& errors) {
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (const auto& error : errors) json.push_back(to_json(error));
  return json;
}

}  // namespace ccms::wire
