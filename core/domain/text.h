#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// Text as people type it: UTF-8 throughout. Functions that say so take valid UTF-8 alone; check first.

namespace ccms::domain {

/// Limits of texts in code points, the same on the wire, in forms and in the database.
inline constexpr std::size_t kShortTextLimit = 200;
inline constexpr std::size_t kLongTextLimit = 16'000;
inline constexpr std::size_t kNameLimit = 120;
inline constexpr std::size_t kEmailLimit = 254;
inline constexpr std::size_t kPhoneLimit = 32;

/// Well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_valid_utf8(std::string_view text);

/// The code point of valid UTF-8 that begins at `at`, which moves to the next one.
char32_t next_code_point(std::string_view text, std::size_t& at);
void append_utf8(std::string& out, char32_t code_point);

/// Number of code points in valid UTF-8.
std::size_t count_code_points(std::string_view text);

/// The longest beginning of valid UTF-8 that has at most `limit` code points.
std::string_view truncate_code_points(std::string_view text, std::size_t limit);

/// True when valid UTF-8 holds a control character (C0, DEL, C1) other than newline and tab.
bool has_control_characters(std::string_view text);

/// 0 to 9 for a decimal digit of any script (Unicode category Nd), nothing for other characters.
std::optional<int> decimal_digit(char32_t code_point);

/// The ASCII digits of valid UTF-8 text, other scripts' decimal digits turned into ASCII; all else dropped.
std::string digits_only(std::string_view text);

/// A mobile number as others may see it: "•••• 4567"; numbers under seven digits show nothing of themselves.
std::string mask_mobile(std::string_view mobile);

/// An e-mail address as others may see it, "m•••@example.com", or else a mobile number.
std::string mask_address(std::string_view address);

/// A name as others may see it: "A*** M."; one word gives "A***", an empty name stays empty.
std::string mask_name(std::string_view name);

/// Text as the search columns hold it: lower case, accents of Latin letters dropped ("Ünal" -> "unal",
/// "Straße" -> "strasse"), runs of white space made one space, ends trimmed. Knows ASCII, Latin-1, Latin
/// Extended-A, basic Greek and Cyrillic; letters of other scripts and combining marks stay as they are.
std::string normalise_for_search(std::string_view text);

}  // namespace ccms::domain
