#include "server/notify/file_channel.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "core/domain/time.h"
#include "server/notify/channels.h"
#include "tests/support/services/temp_folder.h"

namespace ccms::server {
namespace {

/// As if the disk were full once a file is so long.
class FullDisk {
 public:
  explicit FullDisk(std::uintmax_t longest_file) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &former_);
    const rlimit limit{longest_file, former_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &former_);
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  void (*handler_)(int);
  rlimit former_{};
};

class FileChannelTest : public testing::Test {
 protected:
  Message message(const std::string& id) {
    return {id, "sms", "+4915112345678", "", "Grüße", "de", "ABCDEFGHJKMN"};
  }

  test::TempFolder folder_;
  std::filesystem::path file_ = folder_.path() / "outbox.jsonl";
  std::chrono::sys_time<std::chrono::milliseconds> now_ = domain::from_epoch_ms(1795300000000);
  FileChannel channel_{file_, [this] { return now_; }};
};

TEST_F(FileChannelTest, WhatWasSentCanBeReadBack) {
  EXPECT_EQ(channel_.send(message("one")).outcome, SendOutcome::accepted);
  const auto messages = read_filed_messages(file_, std::nullopt);
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(messages[0].text, "Grüße");
  EXPECT_EQ(messages[0].ticket_code, "ABCDEFGHJKMN");
}

TEST_F(FileChannelTest, TheServerMakesItsFolder) {
  NotifyConfig config;
  config.file_sink = folder_.path() / "not" / "yet" / "outbox";
  const SystemClock clock;
  const Channels channels = make_channels(config, clock);
  EXPECT_EQ(channels.sms->send(message("one")).outcome, SendOutcome::accepted);
  EXPECT_EQ(channels.email->send(message("two")).outcome, SendOutcome::accepted);
  EXPECT_EQ(read_filed_messages(config.file_sink, std::nullopt).size(), 2U);
}

TEST_F(FileChannelTest, OnlyWhatCameLaterIsRead) {
  (void)channel_.send(message("one"));
  const std::string since = domain::format_rfc3339(now_);
  now_ += std::chrono::seconds(1);
  (void)channel_.send(message("two"));
  const auto messages = read_filed_messages(file_, since);
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(messages[0].id, "two");
}

TEST_F(FileChannelTest, AHalfWrittenLineIsLeftOut) {
  (void)channel_.send(message("one"));
  std::ofstream(file_, std::ios::app) << R"({"id":"two","te)";
  EXPECT_EQ(read_filed_messages(file_, std::nullopt).size(), 1U);
}

TEST_F(FileChannelTest, AFullDiskLeavesNoHalfLineAndLosesNoMessage) {
  (void)channel_.send(message("one"));
  const auto size = std::filesystem::file_size(file_);
  {
    const FullDisk full(size + 10);
    EXPECT_EQ(channel_.send(message("two")).outcome, SendOutcome::try_again);
  }
  EXPECT_EQ(std::filesystem::file_size(file_), size);
  EXPECT_EQ(channel_.send(message("two")).outcome, SendOutcome::accepted);
  const auto messages = read_filed_messages(file_, std::nullopt);
  ASSERT_EQ(messages.size(), 2U);
  EXPECT_EQ(messages[1].id, "two");
}

TEST_F(FileChannelTest, WhatACrashLeftOfALineSpoilsNoOther) {
  (void)channel_.send(message("one"));
  std::ofstream(file_, std::ios::app) << R"({"id":"two","te)";
  EXPECT_EQ(channel_.send(message("two")).outcome, SendOutcome::accepted);
  const auto messages = read_filed_messages(file_, std::nullopt);
  ASSERT_EQ(messages.size(), 2U);
  EXPECT_EQ(messages[1].id, "two");
}

TEST_F(FileChannelTest, TwoChannelsShareAFile) {
  FileChannel other(file_, [this] { return now_; });
  const auto send_many = [&](FileChannel& channel) {
    for (int i = 0; i < 20; ++i) (void)channel.send(message("m"));
  };
  std::thread mail(send_many, std::ref(other));
  send_many(channel_);
  mail.join();
  EXPECT_EQ(read_filed_messages(file_, std::nullopt).size(), 40U);
}

TEST_F(FileChannelTest, AFolderThatIsNotThereIsWorthAnotherTry) {
  FileChannel lost(folder_.path() / "no" / "such" / "folder", [this] { return now_; });
  EXPECT_EQ(lost.send(message("one")).outcome, SendOutcome::try_again);
}

}  // namespace
}  // namespace ccms::server
