#include "server/http/resources/sign_in_throttle.h"

#include <utility>

namespace ccms::server {
namespace {

// Many people sit behind one address of a chain's network: it may fail more often than one name.
LoginThrottle::Limits address_limits() {
  LoginThrottle::Limits limits;
  limits.free_failures = 30;
  return limits;
}

// A name is everybody's who knows it. It slows down whoever guesses from many addresses, but so late and so
// shortly that nobody can keep its owner out with it.
LoginThrottle::Limits name_limits() {
  LoginThrottle::Limits limits;
  limits.free_failures = 100;
  limits.first_pause = limits.longest_pause = std::chrono::seconds(5);
  return limits;
}

// Who guesses a name's password at one address keeps out nobody who sits at another.
std::string place_of(const std::string& name, const std::string& address) { return name + "\n" + address; }

}  // namespace

SignInThrottle::SignInThrottle() : by_name_(name_limits()), by_address_(address_limits()) {}

// One's own success says nothing of the others at the same address.
SignInThrottle::Attempt::Attempt(SignInThrottle& throttle, const std::string& name,
                                 const std::string& address, Instant now)
    : counts_{Count{throttle.by_place_, place_of(name, address), true}, Count{throttle.by_name_, name, true},
              Count{throttle.by_address_, address, false}},
      now_(now) {
  for (Count& count : counts_) {
    wait_ = count.throttle.begin(count.key, now_);
    if (wait_.count() > 0) break;
    ++begun_;
  }
}

SignInThrottle::Attempt::~Attempt() {
  for (std::size_t i = 0; i < begun_; ++i) counts_[i].throttle.withdrawn(counts_[i].key);
}

void SignInThrottle::Attempt::failed() {
  const std::size_t begun = std::exchange(begun_, 0);
  for (std::size_t i = 0; i < begun; ++i) counts_[i].throttle.failed(counts_[i].key, now_);
}

void SignInThrottle::Attempt::succeeded() {
  const std::size_t begun = std::exchange(begun_, 0);
  for (std::size_t i = 0; i < begun; ++i) {
    const Count& count = counts_[i];
    if (count.success_forgives) {
      count.throttle.succeeded(count.key);
    } else {
      count.throttle.withdrawn(count.key);
    }
  }
}

}  // namespace ccms::server
