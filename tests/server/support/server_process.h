#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "server/app/config.h"
#include "tests/support/services/child_process.h"

namespace ccms::test {

/// The server as a program of its own, on a port of its own. It may be started again after it was killed.
/// Whatever fails throws std::runtime_error.
class ServerProcess {
 public:
  /// `program` is the path of ccms-server. Of `config` it is told the data folder, which must be there, and
  /// the database and the certificate; its configuration and its log are files in that folder.
  ServerProcess(std::filesystem::path program, const server::Config& config);

  void start();                                ///< returns when it accepts connections
  void kill_hard() { process_->kill_hard(); }  ///< SIGKILL
  std::uint16_t port() const { return port_; }

 private:
  std::filesystem::path program_;
  std::filesystem::path folder_;
  std::uint16_t port_;
  std::filesystem::path config_file_;
  std::unique_ptr<ChildProcess> process_;
};

}  // namespace ccms::test
