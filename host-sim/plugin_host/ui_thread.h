#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

namespace ccms::host_sim {

/// The till's one UI thread: tasks run on it in the order they were posted. A point-of-sale program has
/// exactly such a thread, and the plugin insists on it.
///
/// Threads: post() and run() from any thread; run() from the UI thread itself runs the task at once.
class UiThread {
 public:
  UiThread();
  /// Runs what was posted before, then joins.
  ~UiThread();
  UiThread(const UiThread&) = delete;
  UiThread& operator=(const UiThread&) = delete;

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
