#pragma once

#include <string>

namespace ccms::server {

/// One notification on its way out. `id` never changes between attempts, so a receiver that got it twice can
/// tell; texts are UTF-8 and final (templates are rendered when the notification is written, not when it is
/// sent).
struct Message {
  std::string id;
  std::string channel;  ///< "sms" or "email"
  std::string to;       ///< E.164 number or mail address
  std::string subject;  ///< empty for SMS
  std::string text;
  std::string language;
  std::string ticket_code;
  std::string audience{};  ///< "customer" or "department"
};

enum class SendOutcome {
  accepted,      ///< the next hop has it; a delivery report may follow
  try_again,     ///< nobody has it, and another attempt may work
  undeliverable  ///< the address or the message is refused for ever
};

struct SendReport {
  SendOutcome outcome = SendOutcome::try_again;
  std::string detail;  ///< for operators: what the next hop said; never holds credentials
};

/// A way out of the building. Implementations are used by one dispatcher thread at a time, may block for
/// their configured time-out, and report failures in the result: they never throw.
class Channel {
 public:
  virtual ~Channel() = default;
  virtual SendReport send(const Message& message) = 0;
};

}  // namespace ccms::server
