#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/plugin_host/plugin_host.h"

/// What the benchmarks of the till share.
namespace ccms::bench {

using Microseconds = std::chrono::duration<double, std::micro>;

inline Microseconds timed(const std::function<void()>& work) {
  const auto before = std::chrono::steady_clock::now();
  work();
  return std::chrono::steady_clock::now() - before;
}

/// The value that `share` of the samples do not exceed.
inline Microseconds percentile(std::vector<Microseconds> samples, double share) {
  std::sort(samples.begin(), samples.end());
  return samples.at(
      std::min(samples.size() - 1, static_cast<std::size_t>(share * static_cast<double>(samples.size()))));
}

/// The folder that --dir names, or one beside the program: a file system that a till would have.
std::filesystem::path work_folder(int argc, char** argv);

/// A value of the command line such as --count 500.
int number_option(int argc, char** argv, const std::string& name, int otherwise);

/// A till on `folder`, enrolled through a server that lives only for that.
void enrol_till(const std::filesystem::path& folder);

/// A server that stays, and a till on `folder` that is enrolled with it.
class OnlineTill {
 public:
  explicit OnlineTill(const std::filesystem::path& folder);
  ~OnlineTill();
  OnlineTill(const OnlineTill&) = delete;
  OnlineTill& operator=(const OnlineTill&) = delete;
  std::string url() const;

 private:
  struct Servers;
  std::unique_ptr<Servers> servers_;
};

/// The request of a usual ticket: a transaction of three lines and a text of some 200 characters.
std::string ticket_request(int number);

/// Creates one ticket; throws std::runtime_error unless it is acknowledged.
void create_ticket(test::PluginHost& host, const std::string& request);

}  // namespace ccms::bench
