#include "server/app/server_app.h"

#include "server/app/database.h"
#include "server/app/services.h"
#include "server/app/staff_module.h"
#include "server/deadlines/timers.h"
#include "server/http/dispatcher.h"
#include "server/http/health_resource.h"
#include "server/http/http_server.h"
#include "server/ledger/ledger.h"
#include "server/settings/server_identity.h"
#include "server/settings/settings_store.h"
#include "server/settings/version_table.h"
#include "server/sync/sync_resource.h"
#include "server/tills/till_authenticator.h"
#include "server/tills/till_resource.h"
#include "server/verification/pending_checks.h"

namespace ccms::server {
namespace {

std::unique_ptr<db::Database> migrated_database(const Config& config, const Logger& log) {
  auto database = open_database(config, DatabaseUse::serving);
  // A migration may take longer than a server at work waits.
  if (const auto applied = migrate_database(*open_database(config)); applied > 0)
    log.info("migrated", {{"migrations", applied}});
  return database;
}

/// A server that has nothing to say yet runs as well as any other: whoever started it should know.
void warn_of_what_is_missing(db::Database& database, const Config& config, const Logger& log) {
  if (VersionTable(*database.reader()).in_force() == 0)
    log.warn("settings_missing", {{"hint", "nobody is served before: ccms-server settings publish FILE"}});
  if (config.http.web_root.empty())
    log.warn("console_missing", {{"hint", "the API alone is served: http.web_root names no folder"}});
}

}  // namespace

/// Members in the order in which they depend on each other; destroyed in the reverse.
struct ServerApp::Parts {
  Parts(const Config& given, const Clock& clock, const Logger& logger)
      : config(given),
        log(logger),
        database(migrated_database(config, logger)),
        settings(*database),
        identity(load_server_identity(*database, clock.now())),
        services{*database, clock, settings, logger, metrics, config},
        ledger(*database),
        till_signatures(services, false),
        rekey_signatures(services, true),
        health(services),
        tills(services, identity),
        sync(services, settings, ledger, identity),
        staff(services, settings, ledger),
        dispatcher(router, logger, metrics),
        http(config.http, dispatcher) {
    health.add_routes(router);
    tills.add_routes(router);
    sync.add_routes(router);
    staff.add_routes(router);
    dispatcher.authenticate_with(Access::till, till_signatures);
    dispatcher.authenticate_with(Access::till_rekey, rekey_signatures);
    dispatcher.authenticate_with(Access::staff, staff.staff());
    dispatcher.authenticate_with(Access::staff_or_client, staff.staff_or_client());
    dispatcher.fall_back_to([this](const Request& request) { return staff.console_file(request); });
    metrics.gauge("ccms_http_connections",
                  [this] { return static_cast<double>(http.current_connections()); });
    metrics.gauge("ccms_http_refused_connections",
                  [this] { return static_cast<double>(http.refused_connections()); });
  }

  const Config config;
  const Logger& log;
  Metrics metrics;
  std::unique_ptr<db::Database> database;
  SettingsStore settings;
  ServerIdentity identity;
  Services services;
  Ledger ledger;
  TillAuthenticator till_signatures;
  TillAuthenticator rekey_signatures;
  HealthResource health;
  TillResource tills;
  SyncResource sync;
  StaffModule staff;
  Router router;
  Dispatcher dispatcher;
  HttpServer http;
  bool running = false;
};

ServerApp::ServerApp(const Config& config, const Clock& clock, const Logger& log)
    : parts_(std::make_unique<Parts>(config, clock, log)) {}

ServerApp::~ServerApp() { stop(); }

void ServerApp::start() {
  std::vector<std::unique_ptr<Job>> jobs;
  jobs.push_back(std::make_unique<PendingChecks>(parts_->services, parts_->ledger));
  jobs.push_back(std::make_unique<Timers>(parts_->services));
  parts_->staff.start(std::move(jobs));
  parts_->http.start();
  parts_->running = true;
  parts_->log.info("started", {{"address", parts_->config.http.address}, {"port", port()}});
  warn_of_what_is_missing(*parts_->database, parts_->config, parts_->log);
}

void ServerApp::stop() {
  if (!parts_->running) return;
  parts_->running = false;
  parts_->http.stop();
  parts_->staff.stop();
  parts_->log.info("stopped");
}

Response ServerApp::dispatch(Request request) const { return parts_->dispatcher.dispatch(request); }

const Router& ServerApp::router() const { return parts_->router; }

std::uint16_t ServerApp::port() const { return parts_->http.port(); }

}  // namespace ccms::server
