#include "plugin/abi/guard.h"

#include <exception>
#include <new>
#include <string>

#include "core/db/db_error.h"

namespace ccms::plugin::abi {
namespace {

domain::Error invalid(std::string message, std::string field = {}) {
  return {"invalid_argument", std::move(message), std::move(field)};
}

std::string version(uint32_t major, uint32_t minor) {
  return std::to_string(major) + "." + std::to_string(minor);
}

}  // namespace

domain::Result<void> check_host(const ccms_host_t* host) {
  if (host == nullptr) return invalid("host is NULL", "host");
  // The first three fields never move, so they can be read whatever the rest looks like.
  if (host->struct_size < sizeof(uint32_t) * 3)
    return invalid("host.struct_size is too small", "host.struct_size");
  if (host->abi_major != CCMS_ABI_MAJOR) {
    return domain::Error{"incompatible",
                         "the host speaks version " + version(host->abi_major, host->abi_minor) +
                             " of the interface, this plugin " + version(CCMS_ABI_MAJOR, CCMS_ABI_MINOR),
                         "host.abi_major"};
  }
  if (host->struct_size < sizeof(ccms_host_t))
    return invalid("host.struct_size is too small", "host.struct_size");
  if (host->log == nullptr) return invalid("host.log is NULL", "host.log");
  if (host->is_ui_thread == nullptr) return invalid("host.is_ui_thread is NULL", "host.is_ui_thread");
  if (host->request_ui_callback == nullptr) {
    return invalid("host.request_ui_callback is NULL", "host.request_ui_callback");
  }
  if (host->get_extension == nullptr) return invalid("host.get_extension is NULL", "host.get_extension");
  return {};
}

domain::Result<void> check_request(ccms_string_t request) {
  constexpr std::size_t kMaxRequest = std::size_t{1} << 20U;
  if (request.data == nullptr && request.size != 0) return invalid("the request is NULL but has a size");
  if (request.size > kMaxRequest) return invalid("the request is larger than 1 MiB");
  return {};
}

domain::Result<void> check_writer(ccms_writer_t writer) {
  if (writer.write == nullptr) return invalid("the reply writer has no function");
  return {};
}

domain::Result<void> check_error_struct(const ccms_error_t* error) {
  if (error == nullptr || error->struct_size >= sizeof(ccms_error_t)) return {};
  return invalid("error.struct_size is too small");
}

int32_t report_current_exception(ccms_error_t* error) noexcept {
  try {
    throw;
  } catch (const db::DbError& failure) {
    if (failure.kind() == db::ErrorKind::schema_mismatch)
      return report(error, CCMS_INCOMPATIBLE, failure.what());
    return report(error, CCMS_STORAGE, failure.what());
  } catch (const std::bad_alloc&) {
    return report(error, CCMS_INTERNAL, "out of memory");
  } catch (const std::exception& failure) {
    return report(error, CCMS_INTERNAL, failure.what());
  } catch (...) {
    return report(error, CCMS_INTERNAL, "an unknown exception");
  }
}

}  // namespace ccms::plugin::abi
