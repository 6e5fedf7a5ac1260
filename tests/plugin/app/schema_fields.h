#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace ccms::test {

/// One member that a JSON Schema describes: where it stands in a document, and what it may be.
struct SchemaField {
  nlohmann::ordered_json::json_pointer pointer;
  nlohmann::json schema;
  bool required = false;  ///< by the object that it is a member of, at least on some condition

  bool is(const char* type) const { return schema.value("type", "") == type; }
  bool has_options() const { return schema.contains("oneOf") || schema.contains("enum"); }
};

/// Every member that the schema knows, on whatever condition, those of objects inside and of the first item
/// of a list included. A member that several conditions describe comes once.
std::vector<SchemaField> schema_fields(const nlohmann::json& schema);

/// A value that the schema takes.
nlohmann::ordered_json sample_value(const SchemaField& field);

/// Values of every JSON type that the schema does not take.
std::vector<nlohmann::ordered_json> wrong_types(const SchemaField& field);

/// Values of the right type that are too long, too many or too large; none where there is no such thing.
std::vector<nlohmann::ordered_json> oversized_values(const SchemaField& field);

}  // namespace ccms::test
