#include "server/notify/file_channel.h"

#include <fcntl.h>
#include <sys/file.h>
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

/// Where the file ends, having locked it; nullopt: errno says why not. Locked because two channels share the
/// file, and one must not cut off what the other has written. The lock ends with the descriptor.
std::optional<off_t> locked_end(int descriptor) {
  while (::flock(descriptor, LOCK_EX) != 0) {
    if (errno != EINTR) return std::nullopt;
  }
  const off_t end = ::lseek(descriptor, 0, SEEK_END);
  return end < 0 ? std::nullopt : std::optional(end);
}

/// What a crash left of a line must not become the beginning of ours.
bool ends_within_a_line(int descriptor, off_t end) {
  char last = '\n';
  return end > 0 && ::pread(descriptor, &last, 1, end - 1) == 1 && last != '\n';
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
  std::string bytes = line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  // Addresses and texts of customers: for the server's own user alone.
  const Descriptor file(::open(file_.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600));
  if (file.number() < 0) return failure("open");
  const auto end = locked_end(file.number());
  if (!end) return failure("lock");
  if (ends_within_a_line(file.number(), *end)) bytes.insert(0, 1, '\n');
  const char* const failed = !write_all(file.number(), bytes) ? "write"
                             : ::fsync(file.number()) != 0    ? "fsync"
                                                              : nullptr;
  if (failed) {
    SendReport report = failure(failed);  // before errno becomes another
    // It will be tried again. If even this fails, the next line sees to it that it stands alone.
    (void)!::ftruncate(file.number(), *end);
    return report;
  }
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
