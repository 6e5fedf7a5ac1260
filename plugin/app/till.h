#pragma once

#include <string>

#include "core/domain/ids.h"
#include "plugin/app/clock.h"
#include "plugin/app/foreign_tickets.h"
#include "plugin/app/host_port.h"
#include "plugin/app/printed_forms.h"
#include "plugin/app/request_board.h"
#include "plugin/app/scanner.h"
#include "plugin/app/send_attempts.h"
#include "plugin/app/shared_value.h"
#include "plugin/app/sync_status.h"
#include "plugin/app/till_keys.h"
#include "plugin/app/till_settings.h"
#include "plugin/app/ui_events.h"
#include "plugin/app/wake_signal.h"
#include "plugin/outbox/journal.h"

namespace ccms::plugin::app {

/// Which till this is, from the host's configuration.
struct TillConfig {
  domain::StoreId store;
  domain::TillId till;
  std::string language = "en";  ///< when a call names none
};

/// Everything that the use cases (UI thread) and the worker share. Each member is thread-safe by itself
/// unless it says otherwise. The host and the clock outlive it.
struct Till {
  Till(TillConfig configuration, const HostPort& host_port, const Clock& clocks, outbox::Journal& database)
      : config(std::move(configuration)),
        host(host_port),
        clock(clocks),
        journal(database),
        events(host_port),
        scanner(host_port) {}

  const TillConfig config;
  const HostPort& host;
  const Clock& clock;
  outbox::Journal& journal;
  SharedValue<TillKeys> keys;          ///< empty before enrolment
  SharedValue<TillSettings> settings;  ///< empty until the first bundle has come
  RequestBoard requests;
  UiEvents events;
  SyncStatus sync;
  SendAttempts attempts;
  ForeignTickets foreign;
  WakeSignal wake;
  Scanner scanner;             ///< UI thread alone
  PrintedForms printed_forms;  ///< UI thread alone
};

/// Loads keys, settings and what the status needs from the journal. Errors: "refused" when the journal
/// belongs to another store or till. Throws db::DbError.
domain::Result<void> load_from_journal(Till& till);

/// Makes `keys` those of the journal, after the identity has changed. Throws db::DbError.
void reload_keys(Till& till);

}  // namespace ccms::plugin::app
