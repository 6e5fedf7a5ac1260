#include "core/phone/phone.h"

#include <phonenumbers/phonenumberutil.h>

namespace ccms::phone {

std::optional<std::string> normalise(std::string_view number, std::string_view default_region) {
  using i18n::phonenumbers::PhoneNumber;
  using i18n::phonenumbers::PhoneNumberUtil;
  const PhoneNumberUtil& library = *PhoneNumberUtil::GetInstance();

  PhoneNumber parsed;
  const auto outcome = library.Parse(std::string(number), std::string(default_region), &parsed);
  if (outcome != PhoneNumberUtil::NO_PARSING_ERROR || !library.IsValidNumber(parsed)) return std::nullopt;
  std::string formatted;
  library.Format(parsed, PhoneNumberUtil::E164, &formatted);
  return formatted;
}

}  // namespace ccms::phone
