#pragma once

#include <string>

#include "core/domain/result.h"
#include "plugin/abi/error.h"
#include "plugin/include/ccms/ccms_plugin.h"

namespace ccms::plugin::abi {

/// The states of an instance; a bit each, so that a function can name those it is allowed in.
enum State : unsigned { kCreated = 1U, kStarted = 2U, kStopped = 4U };

enum class OnThread { ui, any };

/// What must hold for one function of the table, besides good arguments.
struct Rule {
  const char* function;
  OnThread thread;
  unsigned states;
};

/// Refuses with an error of code "incompatible" or "invalid_argument" a host table that we cannot work with.
domain::Result<void> check_host(const ccms_host_t* host);

/// The arguments that every function shares: a readable string, a writer to answer through, a usable error
/// struct.
domain::Result<void> check_request(ccms_string_t request);
domain::Result<void> check_writer(ccms_writer_t writer);
domain::Result<void> check_error_struct(const ccms_error_t* error);

/// The last line of defence: turns whatever `work` throws into a status. `work` returns int32_t.
template <class Work>
int32_t catch_all(ccms_error_t* error, Work&& work) noexcept;

/// Turns the exception being handled into a status. Called in a catch block only.
int32_t report_current_exception(ccms_error_t* error) noexcept;

template <class Work>
int32_t catch_all(ccms_error_t* error, Work&& work) noexcept {
  try {
    return work();
  } catch (...) {
    return report_current_exception(error);
  }
}

}  // namespace ccms::plugin::abi
