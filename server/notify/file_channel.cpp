#include "server/notify/file_channel.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/domain/time.h"

namespace ccms::server {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

bool write_all(int descriptor, const std::string& bytes) {
  std::size_t written = 0;
  while (written < bytes.size()) {
    const ssize_t count = ::write(descriptor, bytes.data() + written, bytes.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    written += static_cast<std::size_t>(count);
  }
  return true;
}

SendReport failure(const char* what) {
  return {SendOutcome::try_again, std::string(what) + ": " + std::strerror(errno)};
}

}  // namespace

FileChannel::FileChannel(std::filesystem::path file, WallClock wall_clock)
    : file_(std::move(file)), wall_clock_(std::move(wall_clock)) {}

SendReport FileChannel::send(const Message& message) {
  const nlohmann::ordered_json line = {{"id", message.id},
                                       {"channel", message.channel},
                                       {"to", message.to},
                                       {"subject", message.subject},
                                       {"text", message.text},
                                       {"language", message.language},
                                       {"audience", message.audience},
                                       {"at", domain::format_rfc3339(wall_clock_())},
                                       {"ticket_code", message.ticket_code}};
  const std::string bytes = line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  const std::lock_guard lock(mutex_);
  // Addresses and texts of customers: for the server's own user alone.
  const Descriptor file(::open(file_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600));
  if (file.number() < 0) return failure("open");
  if (!write_all(file.number(), bytes)) return failure("write");
  if (::fsync(file.number()) != 0) return failure("fsync");
  return {SendOutcome::accepted, ""};
}

std::vector<FiledMessage> read_filed_messages(const std::filesystem::path& file,
                                              const std::optional<std::string>& since) {
  std::vector<FiledMessage> messages;
  std::ifstream input(file, std::ios::binary);
  for (std::string text; std::getline(input, text);) {
    const auto line = nlohmann::json::parse(text, nullptr, false);
    if (!line.is_object()) continue;
    FiledMessage message{line.value("id", ""),      line.value("channel", ""), line.value("to", ""),
                         line.value("subject", ""), line.value("text", ""),    line.value("ticket_code", ""),
                         line.value("at", ""),      line.value("audience", "")};
    if (!since || message.at > *since) messages.push_back(std::move(message));
  }
  return messages;
}

}  // namespace ccms::server
