#pragma once

#include "server/store/audit_log.h"

namespace ccms::server {

/// Who types: the account of this process on the machine, for the audit log.
AuditActor command_line_operator();

}  // namespace ccms::server
