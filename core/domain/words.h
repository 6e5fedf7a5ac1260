#pragma once

#include <string>
#include <string_view>

namespace ccms::domain {

/// The words of valid UTF-8 text, whatever stood between them one space, with a space at both ends
/// (" spoiled milk "): how a phrase is found among whole words. Cases and accents make no difference, be an
/// accent part of its letter or a mark of its own. Texts in scripts without spaces are one word for each run.
/// Empty for a text without words.
std::string words_of(std::string_view text);

/// Whether the words of a phrase stand in this order, with nothing between them, in a text; both as
/// words_of() gives them. A phrase without words stands nowhere.
bool has_phrase(const std::string& text_words, const std::string& phrase_words);

}  // namespace ccms::domain
