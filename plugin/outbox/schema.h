#pragma once

#include <vector>

#include "core/db/migrations.h"

namespace ccms::plugin::outbox {

/// The life of the journal's schema, from the first release on. A released step is never edited.
std::vector<db::Migration> journal_migrations();

}  // namespace ccms::plugin::outbox
