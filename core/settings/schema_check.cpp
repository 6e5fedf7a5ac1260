#include "core/settings/schema_check.h"

#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "core/settings/schema_words.h"

namespace ccms::settings {
namespace {

using ValijsonError = valijson::ValidationResults::Error;

/// Compiled once; validating against it changes nothing in it.
class CompiledSchema {
 public:
  CompiledSchema() : document_(nlohmann::json::parse(settings_schema())) {
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(valijson::adapters::NlohmannJsonAdapter(document_), schema_);
  }
  const valijson::Schema& get() const noexcept { return schema_; }
  const nlohmann::json& document() const noexcept { return document_; }

 private:
  nlohmann::json document_;
  valijson::Schema schema_;  // neither copies nor moves
};

const CompiledSchema& compiled_schema() {
  static const CompiledSchema compiled;
  return compiled;
}

/// valijson says what is wrong in sentences of its own alone, which name no allowed values. These are the
/// beginnings of those about the value itself; it adds others for every object around it, which say nothing
/// new.
struct Sentence {
  std::string_view begins;
  std::string_view code;
};
constexpr std::array kSentences = {
    Sentence{"Missing required property '", "missing_field"},
    Sentence{"Object contains a property that could not be validated", "unknown_field"},
    Sentence{"Value type not permitted", "wrong_type"},
    Sentence{"Failed to match", "bad_value"},  // enum, const and pattern
    Sentence{"String should be no more than", "too_long"},
    Sentence{"String should be no fewer than", "too_short"},
    Sentence{"Array should contain no more than", "too_many"},
    Sentence{"Array should contain no fewer than", "too_few"},
    Sentence{"Object should have no fewer than", "too_few"},
    Sentence{"Object should have no more than", "too_many"},
    Sentence{"Expected number", "out_of_range"},
    Sentence{"Elements at indexes", "duplicate_value"},
};

const Sentence* sentence_of(const ValijsonError& error) {
  for (const Sentence& sentence : kSentences) {
    if (error.description.starts_with(sentence.begins)) return &sentence;
  }
  return nullptr;
}

std::string path_of(const ValijsonError& error) {
  std::string path;
  for (std::size_t i = 1; i < error.context.size(); ++i) {  // the first is "<root>", the others "[step]"
    const std::string_view step = error.context[i];
    path = join(path, step.substr(1, step.size() - 2));
  }
  return path;
}

/// The member that the sentence names at its end: "…property 'member'.", "…constraints: 'member'."
std::string named_member(const ValijsonError& error, std::string_view before) {
  std::string_view rest = error.description;
  rest.remove_prefix(rest.find(before) + before.size());
  return std::string(rest.substr(0, rest.size() - 2));
}

/// Reports what one run found and returns the unknown members, of which valijson names one per object.
std::vector<std::string> report(const valijson::ValidationResults& results, Problems& problems) {
  std::vector<std::string> unknown;
  for (const ValijsonError& error : results) {
    const Sentence* sentence = sentence_of(error);
    if (sentence == nullptr) continue;
    std::string path = path_of(error);
    if (sentence->code == "missing_field") {
      path = join(path, named_member(error, "property '"));
      problems.add(path, "missing_field", "is missing");
    } else if (sentence->code == "unknown_field") {
      path = join(path, named_member(error, "constraints: '"));
      problems.add(path, "unknown_field", "no such setting");
      unknown.push_back(path);
    } else {
      const std::string wanted = what_is_wanted(compiled_schema().document(), path, sentence->code);
      problems.add(path, std::string(sentence->code), wanted);
    }
  }
  return unknown;
}

}  // namespace

void check_schema(const nlohmann::json& document, Problems& problems) {
  nlohmann::json rest = document;
  // Each round drops the unknown members that the last one named, until the others have had their turn.
  constexpr int kRounds = 20;
  for (int round = 0; round < kRounds; ++round) {
    valijson::Validator validator;
    valijson::ValidationResults results;
    if (validator.validate(compiled_schema().get(), valijson::adapters::NlohmannJsonAdapter(rest), &results))
      return;
    const std::vector<std::string> unknown = report(results, problems);
    if (unknown.empty()) break;
    for (const std::string& path : unknown) {
      const nlohmann::json::json_pointer pointer(path);
      if (rest.contains(pointer)) rest.at(pointer.parent_pointer()).erase(pointer.back());
    }
  }
  if (problems.empty()) problems.add("", "bad_value", "does not match the settings schema");
}

}  // namespace ccms::settings
