#include "core/settings/difference_words.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/domain/text.h"

namespace ccms::settings {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestText = 120;
constexpr std::size_t kMostElements = 12;

struct Name {
  std::string_view member;
  std::string_view words;
};

constexpr std::array kMembers = {
    Name{"turn_around_times", "turn-around times"},
    Name{"builtin_fields", "built-in fields"},
    Name{"custom", "own field"},
    Name{"custom_range", "range of"},
    Name{"when", "condition"},
    Name{"by_priority", "for priority"},
    Name{"visible_when", "visible when"},
};

struct List {
  std::string_view path;
  std::string_view one;
  std::string_view many;
};

constexpr std::array kLists = {
    List{"/organisation/legal_entities", "legal entity", "legal entities"},
    List{"/categories", "category", "categories"},
    List{"/priorities", "priority", "priorities"},
    List{"/no_proof_reasons", "reason for no proof", "reasons for no proof"},
    List{"/remedies", "remedy", "remedies"},
    List{"/routing/rules", "routing rule", "routing rules"},
    List{"/turn_around_times", "turn-around time", "turn-around times"},
    List{"/role_times", "time of role", "times of roles"},
    List{"/escalation/ladders", "escalation ladder", "escalation ladders"},
    List{"/notifications/rules", "notification rule", "notification rules"},
    List{"/notifications/templates", "message template", "message templates"},
};

std::string list_words(const json& list) {
  std::string words;
  for (std::size_t i = 0; i < std::min(list.size(), kMostElements); ++i)
    words += (words.empty() ? "" : ", ") + value_words(list[i]);
  if (list.size() > kMostElements) words += " and " + std::to_string(list.size() - kMostElements) + " more";
  return words.empty() ? "nothing" : words;
}

std::string object_words(const json& object) {
  std::string words;
  for (const auto& [member, value] : object.items())
    words += (words.empty() ? "" : ", ") + member_words(member) + ' ' + value_words(value);
  return words.empty() ? "nothing" : words;
}

std::string span_words(const json& span) {
  const std::string amount = span["amount"].dump();
  std::string unit = member_words(span["unit"].get_ref<const std::string&>());
  if (amount == "1" && unit.ends_with('s')) unit.pop_back();
  return amount + ' ' + unit;
}

}  // namespace

std::string in_quotes(std::string_view text) {
  const std::string_view shown = domain::truncate_code_points(text, kLongestText);
  std::string words = "“" + std::string(shown) + (shown.size() < text.size() ? "…”" : "”");
  std::replace(words.begin(), words.end(), '\n', ' ');
  std::replace(words.begin(), words.end(), '\t', ' ');
  return words;
}

bool is_span(const json& value) {
  return value.is_object() && value.size() == 2 && value.contains("unit") && value["unit"].is_string() &&
         value.contains("amount") && value["amount"].is_number();
}

std::string value_words(const json& value) {
  if (value.is_null()) return "not set";
  if (value.is_string()) return in_quotes(value.get_ref<const std::string&>());
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (is_span(value)) return span_words(value);
  if (value.is_array()) return list_words(value);
  if (value.is_object()) return object_words(value);
  return value.dump();
}

std::string member_words(std::string_view member) {
  const auto* known =
      std::find_if(kMembers.begin(), kMembers.end(), [&](const Name& name) { return name.member == member; });
  if (known != kMembers.end()) return std::string(known->words);
  std::string words(member);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

ListNames names_of_list(std::string_view path) {
  const auto* known =
      std::find_if(kLists.begin(), kLists.end(), [&](const List& list) { return list.path == path; });
  if (known != kLists.end()) return {std::string(known->one), std::string(known->many)};
  const std::string many = member_words(path.substr(path.rfind('/') + 1));
  return {many.ends_with('s') ? many.substr(0, many.size() - 1) : many, many};
}

json default_of(std::string_view member) {
  constexpr std::array off = {"retired",          "confidential", "required", "searchable",
                              "ready_to_collect", "pauses_clock", "digest"};
  if (std::find(off.begin(), off.end(), member) != off.end()) return false;
  if (member == "ccms_enabled" || member == "pauses") return true;
  if (member == "on_change") return "from_start";
  if (member == "on_reopen") return "go_on";
  return nullptr;
}

}  // namespace ccms::settings
