#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "server/app/secret.h"
#include "server/notify/channel.h"

namespace ccms::server {

struct SmsGatewaySettings {
  std::string send_url;  ///< of a Kannel-style gateway: http://host:port/cgi-bin/sendsms
  std::string user;
  Secret password;
  std::string sender;  ///< shown on the phone: a number or a short name
  std::string
      report_url;  ///< our own delivery report address as the gateway reaches it; empty: no reports wanted
  std::chrono::seconds timeout{15};
};

/// Hands text messages to a Kannel-style HTTP gateway in UTF-8. What the phone did with it comes back later
/// as delivery reports, each carrying a token that only we can have issued.
class SmsGatewayChannel final : public Channel {
 public:
  using ReportToken = std::function<std::string(const std::string& notification_id)>;

  /// Throws std::invalid_argument when `settings.send_url` is no http(s) URL.
  SmsGatewayChannel(SmsGatewaySettings settings, ReportToken report_token);

  SendReport send(const Message& message) override;

  /// The request target of one message: public so that a test can hold it against the gateway's manual.
  std::string request_target(const Message& message) const;

 private:
  SmsGatewaySettings settings_;
  ReportToken report_token_;
};

}  // namespace ccms::server
