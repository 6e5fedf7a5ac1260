#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "server/app/secret.h"
#include "server/notify/channel.h"
#include "server/notify/mail_composer.h"

namespace ccms::server {

struct SmtpSettings {
  std::string host;
  std::uint16_t port = 25;
  bool start_tls = false;  ///< refuse to send in clear when the server does not offer it
  std::string ca_file;     ///< trust for STARTTLS; empty: the system's
  std::string user;        ///< empty: no authentication
  Secret password;
  std::string hello_name = "localhost";
  MailIdentity identity;
  std::chrono::seconds timeout{15};
};

/// Sends mail through one smart host, one connection per message. A 5xx answer about the recipient or the
/// text is final. Everything else is worth another attempt: a 4xx answer, a broken connection, and a refused
/// login or sender, which somebody must mend in the configuration while the messages are none the worse for
/// it.
class SmtpChannel final : public Channel {
 public:
  using WallClock = std::function<std::chrono::system_clock::time_point()>;

  SmtpChannel(SmtpSettings settings, WallClock wall_clock);

  SendReport send(const Message& message) override;

 private:
  void deliver(const Message& message) const;

  SmtpSettings settings_;
  WallClock wall_clock_;
};

}  // namespace ccms::server
