#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "server/app/clock.h"
#include "server/app/config.h"
#include "server/notify/channel.h"

namespace ccms::server {

/// The way out for each kind of message. Not thread-safe beyond what the channels are.
struct Channels {
  std::unique_ptr<Channel> sms;
  std::unique_ptr<Channel> email;

  /// "sms" or "email"; another name is a programming error and throws std::logic_error.
  Channel& for_name(std::string_view name) const;
};

/// The channels that the configuration asks for; where it names no gateway, the file. Throws
/// std::invalid_argument when a gateway's address is none. `clock` outlives the channels.
Channels make_channels(const NotifyConfig& config, const Clock& clock);

/// The token in the delivery report address of one message: nobody without the secret can report on it.
std::string delivery_report_token(const Secret& secret, const std::string& notification_id);

}  // namespace ccms::server
