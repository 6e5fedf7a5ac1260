#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

namespace ccms::host_sim {

/// One thread that runs tasks in the order they were posted. It is the till's UI thread (a point-of-sale
/// program has exactly one, and the plugin insists on it), and the thread that owns the tour's programs.
///
/// Threads: post() and run() from any thread; run() from the thread itself runs the task at once.
class SerialThread {
 public:
  SerialThread();
  /// Runs what was posted before, then joins.
  ~SerialThread();
  SerialThread(const SerialThread&) = delete;
  SerialThread& operator=(const SerialThread&) = delete;

  bool is_current() const noexcept { return std::this_thread::get_id() == thread_.get_id(); }

  /// Queues the task and returns at once. Tasks must not throw.
  void post(std::function<void()> task);

  /// Runs the task on the UI thread and waits for its result; what it throws is thrown here.
  template <class Task>
  auto run(Task&& task) -> decltype(task()) {
    if (is_current()) return task();
    std::packaged_task<decltype(task())()> packaged(std::forward<Task>(task));
    auto result = packaged.get_future();
    post([&packaged] { packaged(); });
    return result.get();
  }

 private:
  void loop();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> tasks_;
  bool ending_ = false;
  std::thread thread_;  // last: the loop uses everything above
};

}  // namespace ccms::host_sim
