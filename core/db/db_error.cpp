#include "core/db/db_error.h"

namespace ccms::db {

const char* to_string(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::unique_violation:
      return "unique_violation";
    case ErrorKind::constraint:
      return "constraint";
    case ErrorKind::busy:
      return "busy";
    case ErrorKind::deadlock:
      return "deadlock";
    case ErrorKind::connection_lost:
      return "connection_lost";
    case ErrorKind::full:
      return "full";
    case ErrorKind::read_only:
      return "read_only";
    case ErrorKind::io:
      return "io";
    case ErrorKind::corrupt:
      return "corrupt";
    case ErrorKind::pool_exhausted:
      return "pool_exhausted";
    case ErrorKind::schema_mismatch:
      return "schema_mismatch";
    case ErrorKind::other:
      break;
  }
  return "other";
}

}  // namespace ccms::db
