#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

/// How difference() speaks of the document's parts.
namespace ccms::settings {

/// “repairs”; long texts are cut.
std::string in_quotes(std::string_view text);

/// A value within a sentence: “text”, 5, yes, 3 working days, a list with commas; "not set" for null.
std::string value_words(const nlohmann::json& value);

/// Whether an object is a length of time, which is one value to people.
bool is_span(const nlohmann::json& value);

/// A member's name as people read it: "turn_around_times" is "turn-around times".
std::string member_words(std::string_view member);

/// What the elements of a list are called.
struct ListNames {
  std::string one;   ///< "routing rule"
  std::string many;  ///< "routing rules"
};

/// `path` is the list's place without the positions in outer lists: "/routing/rules".
ListNames names_of_list(std::string_view path);

/// What a member means where it is left out; null when it has no default.
nlohmann::json default_of(std::string_view member);

}  // namespace ccms::settings
