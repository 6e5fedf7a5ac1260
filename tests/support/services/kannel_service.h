#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/services/child_process.h"
#include "tests/support/services/temp_folder.h"

namespace ccms::test {

// A text message as the phone network got it: UTF-8, its parts put together again.
struct SmsMessage {
  std::string from;
  std::string to;
  std::string text;
};

// A private Kannel SMS gateway on 127.0.0.1 with a fake SMS centre behind it, which accepts everything and
// keeps it for reading back. Three programs (bearerbox, smsbox, fakesmsc), run as kannel when we are root.
// Not thread-safe. Whatever fails throws std::runtime_error with the end of the program's log.
class KannelService {
 public:
  static constexpr const char* kUser = "ccms";
  static constexpr const char* kPassword = "secret";

  KannelService();  // returns when a message sent now would arrive
  ~KannelService();
  KannelService(const KannelService&) = delete;
  KannelService& operator=(const KannelService&) = delete;

  // The one of this test program, started by the first call and stopped when the program ends.
  static KannelService& shared();

  // Where GET /cgi-bin/sendsms is served.
  std::uint16_t sendsms_port() const { return sendsms_port_; }

  // What has arrived so far, oldest first; a long message once all of its parts are there.
  std::vector<SmsMessage> messages() const;
  // The ones to one number, once there are at least so many; throws when the time is up first.
  std::vector<SmsMessage> wait_for_messages(
      const std::string& to, std::size_t count,
      std::chrono::milliseconds timeout = std::chrono::seconds(30)) const;

 private:
  std::filesystem::path file(const std::string& name) const { return folder_.path() / name; }
  void write_configuration();
  void start();
  std::unique_ptr<ChildProcess> launch(std::vector<std::string> command, const std::string& output) const;

  TempFolder folder_;
  std::uint16_t admin_port_;
  std::uint16_t smsbox_port_;
  std::uint16_t smsc_port_;
  std::uint16_t sendsms_port_;
  // In the order of starting; they are ended the other way round.
  std::unique_ptr<ChildProcess> bearerbox_;
  std::unique_ptr<ChildProcess> smsbox_;
  std::unique_ptr<ChildProcess> fakesmsc_;
};

}  // namespace ccms::test
