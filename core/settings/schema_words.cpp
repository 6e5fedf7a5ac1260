#include "core/settings/schema_words.h"

#include <nlohmann/json.hpp>
#include <vector>

namespace ccms::settings {
namespace {

using nlohmann::json;

const json* member(const json& node, const std::string& name) {
  const auto found = node.find(name);
  return found == node.end() ? nullptr : &*found;
}

/// What a description that refers to a definition means.
const json& resolved(const json& schema, const json& node) {
  const json* reference = member(node, "$ref");
  if (reference == nullptr) return node;
  return resolved(schema, schema.at(json::json_pointer(reference->get<std::string>().substr(1))));
}

/// What the schema says of one member of an object, or of each entry of a list.
const json* step(const json& node, const std::string& name) {
  if (const json* properties = member(node, "properties")) {
    if (const json* property = member(*properties, name)) return property;
  }
  const json* others = member(node, "additionalProperties");
  if (others != nullptr && others->is_object()) return others;
  return member(node, "items");
}

const json* node_at(const json& schema, std::string_view path) {
  std::vector<std::string> names;
  for (json::json_pointer rest{std::string(path)}; !rest.empty(); rest.pop_back())
    names.push_back(rest.back());
  const json* node = &schema;
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    node = step(*node, *name);
    if (node == nullptr) return nullptr;
    node = &resolved(schema, *node);
  }
  return node;
}

std::string plain(const json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

std::string listed(const json& values, const char* between) {
  std::string text;
  for (const json& value : values) text += (text.empty() ? "" : between) + plain(value);
  return text;
}

std::string type_words(const json& node, const std::string& type) {
  if (type == "string") return "a text";
  if (type == "integer") return "a whole number";
  if (type == "number") return "a number";
  if (type == "boolean") return "true or false";
  if (type == "array") return "a list";
  const bool explains_itself = member(node, "properties") != nullptr;
  return explains_itself ? "an object" : "an object: " + node.value("description", "names and values");
}

std::string type_words(const json& node) {
  const json* type = member(node, "type");
  if (type == nullptr || !type->is_array()) return type_words(node, node.value("type", ""));
  std::string words;
  for (const json& one : *type)
    words += (words.empty() ? "" : " or ") + type_words(node, one.get<std::string>());
  return words;
}

std::string wanted_value(const json& node) {
  if (const json* values = member(node, "enum")) return "must be one of " + listed(*values, ", ");
  if (const json* value = member(node, "const")) return "must be " + plain(*value);
  if (const json* examples = member(node, "examples")) return "must look like " + listed(*examples, " or ");
  return {};
}

std::string wanted_range(const json& node) {
  const json* least = member(node, "minimum");
  const json* most = member(node, "maximum");
  if (least != nullptr && most != nullptr) return "must be from " + plain(*least) + " to " + plain(*most);
  if (least != nullptr) return "must be " + plain(*least) + " or more";
  return most == nullptr ? std::string() : "must be " + plain(*most) + " or less";
}

std::string entries(const std::string& count) { return count + (count == "1" ? " entry" : " entries"); }

std::string limit(const json& node, const char* of_texts, const char* of_lists, const char* of_objects) {
  for (const char* keyword : {of_texts, of_lists, of_objects}) {
    if (const json* found = member(node, keyword)) return plain(*found);
  }
  return {};
}

std::string said_of(const json& node, std::string_view code) {
  if (code == "wrong_type") return "must be " + type_words(node);
  if (code == "bad_value") return wanted_value(node);
  if (code == "out_of_range") return wanted_range(node);
  const auto least = limit(node, "minLength", "minItems", "minProperties");
  const auto most = limit(node, "maxLength", "maxItems", "maxProperties");
  if (code == "too_long") return "has more than " + most + " characters";
  if (code == "too_short") return "has fewer than " + least + " characters";
  if (code == "too_many") return "may have " + entries(most) + " at most";
  if (code == "too_few") return "needs " + entries(least) + " at least";
  if (code == "duplicate_value") return "has the same entry twice";
  return {};
}

}  // namespace

std::string what_is_wanted(const json& schema, std::string_view path, std::string_view code) {
  const json* node = node_at(schema, path);
  const std::string said = node == nullptr ? std::string() : said_of(*node, code);
  return said.empty() ? "is not as the schema wants it" : said;
}

}  // namespace ccms::settings
