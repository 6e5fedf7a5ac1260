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

// A private Postfix on 127.0.0.1 that accepts mail for every address at example.test, with and without
// STARTTLS, keeps it in a Maildir, and sends nothing anywhere. Postfix runs as root only, so that it is
// started through `sudo -n` when we are not. Not thread-safe. Whatever fails throws std::runtime_error with
// the end of the mail log.
class PostfixService {
 public:
  // Recipients the server turns away: for good (550) and for now (450).
  static constexpr const char* kRefused = "refused@example.test";
  static constexpr const char* kLater = "later@example.test";

  PostfixService();  // returns when the server answers
  ~PostfixService();
  PostfixService(const PostfixService&) = delete;
  PostfixService& operator=(const PostfixService&) = delete;

  // The one of this test program, started by the first call and stopped when the program ends.
  static PostfixService& shared();

  std::uint16_t smtp_port() const { return port_; }
  // The server's certificate, which is its own authority; it names localhost and 127.0.0.1.
  std::filesystem::path ca_file() const { return folder_.path() / "cert.pem"; }

  // The raw messages delivered to an address so far, oldest first, as they lie in the Maildir.
  std::vector<std::string> messages(const std::string& address) const;
  // The same once there are at least so many; throws when the time is up first.
  std::vector<std::string> wait_for_messages(
      const std::string& address, std::size_t count,
      std::chrono::milliseconds timeout = std::chrono::seconds(30)) const;

 private:
  std::filesystem::path log() const { return folder_.path() / "pf" / "maillog"; }
  void make_certificate();
  void make_folders();
  void write_configuration();
  void start();

  TempFolder folder_;
  std::uint16_t port_;
  std::unique_ptr<ChildProcess> process_;
};

}  // namespace ccms::test
