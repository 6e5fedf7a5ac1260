// kill -9 at random points: whatever was acknowledged is in the journal, whole, and no number is missing.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>
#include <random>
#include <sstream>

#include "bench/till_bench.h"
#include "core/crypto/digest.h"
#include "core/wire/capture.h"
#include "plugin/outbox/capture_table.h"
#include "plugin/outbox/identity_table.h"
#include "plugin/outbox/journal.h"
#include "tests/support/services/temp_folder.h"

namespace ccms::test {
namespace {

constexpr int kKills = 40;
constexpr unsigned kSeed = 20261121;

/// Starts the till, reads acknowledgements, kills it some microseconds after a random one; returns what it
/// said.
std::string run_until_killed(const std::filesystem::path& folder, std::mt19937& random) {
  int pipe_ends[2];
  if (::pipe2(pipe_ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(pipe_ends[1], STDOUT_FILENO);
    ::execl(CCMS_CRASHING_TILL, CCMS_CRASHING_TILL, folder.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(pipe_ends[1]);
  std::string said;
  const auto lines = 1 + random() % 8;
  char byte = 0;
  for (unsigned seen = 0; seen < lines && ::read(pipe_ends[0], &byte, 1) == 1;) {
    said += byte;
    if (byte == '\n') ++seen;
  }
  // Not a wait for something to happen: the point of the next ticket at which the kill strikes.
  ::usleep(static_cast<useconds_t>(random() % 1500));
  ::kill(child, SIGKILL);
  while (::read(pipe_ends[0], &byte, 1) == 1) said += byte;
  ::close(pipe_ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the till ended by itself";
  return said;
}

TEST(Crash, no_acknowledged_ticket_is_ever_lost) {
  const TempFolder folder;
  bench::enrol_till(folder.path());
  std::mt19937 random(kSeed);
  std::map<std::string, std::string> acknowledged;  // event id, code
  for (int kill = 0; kill < kKills; ++kill) {
    std::istringstream said(run_until_killed(folder.path(), random));
    for (std::string event, code; said >> event >> code;) acknowledged[event] = code;
  }

  const auto journal = plugin::outbox::Journal::open(folder.path());
  ASSERT_TRUE(journal);
  const auto connection = (*journal)->lease();
  EXPECT_EQ(connection->query("PRAGMA integrity_check").front().text(0), "ok");
  const auto epoch = plugin::outbox::identity::load(*connection)->epoch;
  std::int64_t expected_seq = 0;
  std::size_t found = 0;
  for (const auto& item :
       plugin::outbox::captures::next_batch(*connection, 1'000'000, std::size_t{1} << 40U)) {
    const auto capture = wire::parse_capture(item.bytes);
    ASSERT_TRUE(capture);
    EXPECT_EQ(capture->seq, ++expected_seq) << "the numbers have no gap";
    EXPECT_EQ(capture->epoch, epoch) << "the key that is there can sign it";
    EXPECT_EQ(item.digest, domain::bytes_view(crypto::sha256(item.bytes)));
    const auto promised = acknowledged.find(item.event_id);
    if (promised == acknowledged.end()) continue;  // committed, and killed before it could say so
    ++found;
    EXPECT_EQ(std::get<domain::Created>(capture->body).code.display(), promised->second);
  }
  EXPECT_EQ(found, acknowledged.size());
  std::printf("%d kills, %zu tickets acknowledged, %zu found, seed %u\n", kKills, acknowledged.size(), found,
              kSeed);
}

}  // namespace
}  // namespace ccms::test
