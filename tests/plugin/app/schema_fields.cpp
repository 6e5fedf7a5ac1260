#include "tests/plugin/app/schema_fields.h"

#include <algorithm>
#include <limits>

namespace ccms::test {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using Pointer = ordered_json::json_pointer;

class Walk {
 public:
  explicit Walk(const json& root) : root_(root) {}

  void object(const json& unresolved, const Pointer& at) {
    const json& schema = resolve(unresolved);
    const auto members = schema.value("properties", json::object());
    for (const auto& [name, member] : members.items()) {
      add(at / name, resolve(member));
      object(member, at / name);
    }
    const auto conditions = schema.value("allOf", json::array());
    for (const auto& part : conditions) {
      if (part.contains("then")) object(part.at("then"), at);
      if (part.contains("else")) object(part.at("else"), at);
    }
    if (schema.contains("items")) {
      add(at / 0, resolve(schema.at("items")));
      object(schema.at("items"), at / 0);
    }
    const auto names = schema.value("required", json::array());
    for (const auto& name : names) required_.push_back(at / name.get<std::string>());
  }

  std::vector<SchemaField> take() && {
    for (auto& field : fields_)
      field.required = std::find(required_.begin(), required_.end(), field.pointer) != required_.end();
    return std::move(fields_);
  }

 private:
  const json& resolve(const json& schema) const {
    if (!schema.is_object() || !schema.contains("$ref")) return schema;
    return root_.at(json::json_pointer(schema.at("$ref").get<std::string>().substr(1)));
  }

  /// Conditions repeat a member, to add to what it holds: only what names a type is about the member itself.
  void add(const Pointer& pointer, const json& schema) {
    const bool about_itself = schema.contains("type") || schema.contains("enum");
    const bool known = std::any_of(fields_.begin(), fields_.end(),
                                   [&](const SchemaField& field) { return field.pointer == pointer; });
    if (!about_itself || known) return;
    fields_.push_back({pointer, schema, false});
    if (!schema.contains("type")) fields_.back().schema["type"] = "string";
  }

  const json& root_;
  std::vector<SchemaField> fields_;
  std::vector<Pointer> required_;
};

}  // namespace

std::vector<SchemaField> schema_fields(const json& schema) {
  Walk walk(schema);
  walk.object(schema, Pointer());
  return std::move(walk).take();
}

ordered_json sample_value(const SchemaField& field) {
  const auto& schema = field.schema;
  if (schema.contains("oneOf")) return schema.at("oneOf").at(0).at("const");
  if (schema.contains("enum")) return schema.at("enum").at(0);
  if (field.is("boolean")) return true;
  if (field.is("integer") || field.is("number")) return schema.value("minimum", ordered_json(1));
  if (field.is("array")) {
    return ordered_json::array({sample_value({Pointer(), schema.at("items"), false})});
  }
  if (field.is("object")) {
    auto value = ordered_json::object();
    const auto names = schema.value("required", json::array());
    for (const auto& name : names) {
      const auto& member = schema.at("properties").at(name.get<std::string>());
      value[name.get<std::string>()] = sample_value({Pointer(), member, false});
    }
    return value;
  }
  if (schema.value("format", "") == "date") return "2026-11-20";
  return schema.value("format", "") == "email" || schema.contains("pattern") ? "anna@example.org" : "a text";
}

std::vector<ordered_json> wrong_types(const SchemaField& field) {
  std::vector<ordered_json> values{nullptr};
  if (!field.is("boolean")) values.emplace_back(true);
  if (!field.is("integer") && !field.is("number")) values.emplace_back(17);
  if (!field.is("number")) values.emplace_back(1.5);
  if (!field.is("string")) values.emplace_back("a text");
  if (!field.is("array")) values.push_back(ordered_json::array({"a text"}));
  values.push_back(ordered_json::array({{1, 2}, {3, 4}}));  // no list here is one of lists
  if (!field.is("object")) values.push_back(ordered_json{{"a", 1}});
  return values;
}

std::vector<ordered_json> oversized_values(const SchemaField& field) {
  constexpr std::size_t kNobodysLimit = 20'000;
  const auto& schema = field.schema;
  if (field.is("string")) {
    std::vector<ordered_json> values{std::string(kNobodysLimit, 'x')};
    if (schema.contains("maxLength")) {
      std::string text;  // characters count, not bytes
      for (auto i = schema.at("maxLength").get<std::size_t>() + 1; i > 0; --i) text += "\u00fc";
      values.emplace_back(text);
    }
    return values;
  }
  if (field.is("integer") || field.is("number")) {
    std::vector<ordered_json> values{std::numeric_limits<double>::max(),
                                     std::numeric_limits<std::uint64_t>::max(),
                                     std::numeric_limits<std::int64_t>::min()};
    if (schema.contains("maximum")) values.emplace_back(schema.at("maximum").get<std::int64_t>() + 1);
    if (schema.contains("minimum")) values.emplace_back(schema.at("minimum").get<std::int64_t>() - 1);
    return values;
  }
  if (field.is("array")) return {ordered_json(std::vector<std::string>(1000, "x"))};
  if (field.is("object")) {
    auto value = ordered_json::object();
    for (int i = 0; i < 1000; ++i) value["member_" + std::to_string(i)] = i;
    return {value};
  }
  return {};
}

}  // namespace ccms::test
