#pragma once

#include <array>
#include <chrono>
#include <string>

#include "server/app/clock.h"
#include "server/staff/login_throttle.h"

namespace ccms::server {

/// Slows the guessing of passwords, counted for a name at an address, for the name, and for the address.
/// Thread-safe.
class SignInThrottle {
 public:
  SignInThrottle();

  /// An attempt counts from its beginning: many at once are no more than as many one after the other. One
  /// that ends without a verdict has never been.
  class Attempt {
   public:
    Attempt(SignInThrottle& throttle, const std::string& name, const std::string& address, Instant now);
    ~Attempt();
    Attempt(const Attempt&) = delete;
    Attempt& operator=(const Attempt&) = delete;

    /// How long to wait with it; zero when it may be made.
    std::chrono::milliseconds wait() const { return wait_; }
    void failed();
    void succeeded();

   private:
    struct Count {
      LoginThrottle& throttle;
      std::string key;
      bool success_forgives;
    };
    std::array<Count, 3> counts_;
    const Instant now_;
    std::chrono::milliseconds wait_{0};
    std::size_t begun_ = 0;  ///< of the counts, the first so many
  };

 private:
  LoginThrottle by_place_;  ///< a name at an address
  LoginThrottle by_name_;
  LoginThrottle by_address_;
};

}  // namespace ccms::server
