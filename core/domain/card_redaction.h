#pragma once

#include <string>
#include <string_view>

namespace ccms::domain {

/// Valid UTF-8 text with every payment card number replaced by "[card ****4242]" (its last four digits). The
/// text never becomes longer, in code points or bytes: numbers of 14 and 13 digits get three and two stars.
/// A number is one when it has a known issuer's beginning and length (Visa, Mastercard, American Express,
/// Discover, JCB, Diners Club, Maestro, UnionPay) and a right Luhn check digit, in any script's digits, with
/// up to three separators (spaces, dashes, dots, slashes, underscores, line breaks …) between digits.
/// Phone numbers with a plus sign, EAN-13 product codes, and digits inside a longer unbroken number stay.
std::string redact_card_numbers(std::string_view text);

/// The same in place: a text without card numbers, as most are, is not even copied.
void redact_card_numbers_in(std::string& text);

}  // namespace ccms::domain
