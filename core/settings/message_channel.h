#pragma once

#include <array>

#include "core/domain/enum_text.h"

namespace ccms::settings {

enum class MessageChannel { sms, email };

}  // namespace ccms::settings

namespace ccms::domain {

template <>
inline constexpr std::array kEnumNames<settings::MessageChannel> = {
    EnumName<settings::MessageChannel>{settings::MessageChannel::sms, "sms"},
    EnumName<settings::MessageChannel>{settings::MessageChannel::email, "email"},
};

}  // namespace ccms::domain
