#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/notify/channel.h"

namespace ccms::server {

/// Writes each message as one JSON line to a file: the way out where no gateway is configured, and what the
/// demonstration shows as the customer's phone. A line is on the disk when send() reports `accepted`,
/// and none of it when not. Several threads, channels and processes may write to one file.
class FileChannel final : public Channel {
 public:
  using WallClock = std::function<std::chrono::sys_time<std::chrono::milliseconds>()>;

  FileChannel(std::filesystem::path file, WallClock wall_clock);

  SendReport send(const Message& message) override;

 private:
  const std::filesystem::path file_;
  const WallClock wall_clock_;
};

/// A line of the file, read back.
struct FiledMessage {
  std::string id;
  std::string channel;
  std::string to;
  std::string subject;
  std::string text;
  std::string ticket_code;
  std::string at;  ///< RFC 3339
  std::string audience;
};

/// The file's messages written after `since` (RFC 3339, compared as text), oldest first; a half-written last
/// line is left out. No file yet: no messages.
std::vector<FiledMessage> read_filed_messages(const std::filesystem::path& file,
                                              const std::optional<std::string>& since);

}  // namespace ccms::server
