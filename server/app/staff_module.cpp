#include "server/app/staff_module.h"

#include <utility>

#include "server/app/identifiers.h"
#include "server/http/resources/absences_resource.h"
#include "server/http/resources/audit_resource.h"
#include "server/http/resources/captures_resource.h"
#include "server/http/resources/changes_resource.h"
#include "server/http/resources/create_ticket_resource.h"
#include "server/http/resources/demo_resource.h"
#include "server/http/resources/invitations_resource.h"
#include "server/http/resources/members_resource.h"
#include "server/http/resources/meta_resource.h"
#include "server/http/resources/notifications_resource.h"
#include "server/http/resources/openapi_resource.h"
#include "server/http/resources/session_resource.h"
#include "server/http/resources/settings_resources.h"
#include "server/http/resources/static_files.h"
#include "server/http/resources/stats_resource.h"
#include "server/http/resources/ticket_actions_resource.h"
#include "server/http/resources/ticket_links_resource.h"
#include "server/http/resources/tickets_resource.h"
#include "server/http/resources/users_resource.h"
#include "server/http/resources/workspaces_resource.h"
#include "server/jobs/change_sequencer.h"
#include "server/jobs/cleanup.h"
#include "server/jobs/job_runner.h"
#include "server/jobs/notification_jobs.h"
#include "server/notify/channels.h"
#include "server/staff/staff_authenticator.h"
#include "server/store/notification_store.h"

namespace ccms::server {
namespace {

// The demonstration shows the console beside the till, in a page of another port of this machine.
std::string frame_ancestors(const Config& config) {
  return config.demo ? "'self' http://127.0.0.1:*" : "'self'";
}

}  // namespace

struct StaffModule::Parts {
  Parts(const Services& given, StoreSettings& store_settings, CustomerDirectory& directory)
      : services(given),
        process_id(new_uuid(given.clock.now())),
        staff(given, StaffAuthenticator::Clients::refused),
        staff_or_client(given, StaffAuthenticator::Clients::welcome),
        channels(make_channels(given.config.notify, given.clock)),
        session(given),
        users(given),
        members(given),
        invitations(given),
        workspaces(given),
        audit(given),
        absences(given),
        meta(given),
        settings(given, store_settings),
        tickets(given),
        create_ticket(given, directory),
        ticket_actions(given),
        ticket_links(given),
        notifications(given),
        stats(given),
        changes(given),
        captures(given),
        demo(given),
        console(given.config.http.web_root, frame_ancestors(given.config)) {}

  const Services& services;
  const std::string process_id;  // tells the processes apart that share one database
  StaffAuthenticator staff;
  StaffAuthenticator staff_or_client;
  Channels channels;
  SessionResource session;
  UsersResource users;
  MembersResource members;
  InvitationsResource invitations;
  WorkspacesResource workspaces;
  AuditResource audit;
  AbsencesResource absences;
  MetaResource meta;
  SettingsResources settings;
  TicketsResource tickets;
  CreateTicketResource create_ticket;
  TicketActionsResource ticket_actions;
  TicketLinksResource ticket_links;
  NotificationsResource notifications;
  StatsResource stats;
  ChangesResource changes;
  CapturesResource captures;
  DemoResource demo;
  OpenApiResource openapi;
  StaticFiles console;
  std::unique_ptr<JobRunner> jobs;
};

StaffModule::StaffModule(const Services& services, StoreSettings& store_settings,
                         CustomerDirectory& directory)
    : parts_(std::make_unique<Parts>(services, store_settings, directory)) {}

StaffModule::~StaffModule() { stop(); }

void StaffModule::add_routes(Router& router) {
  parts_->session.add_routes(router);
  parts_->users.add_routes(router);
  parts_->members.add_routes(router);
  parts_->invitations.add_routes(router);
  parts_->workspaces.add_routes(router);
  parts_->audit.add_routes(router);
  parts_->absences.add_routes(router);
  parts_->meta.add_routes(router);
  parts_->settings.add_routes(router);
  parts_->tickets.add_routes(router);
  parts_->create_ticket.add_routes(router);
  parts_->ticket_actions.add_routes(router);
  parts_->ticket_links.add_routes(router);
  parts_->notifications.add_routes(router);
  parts_->stats.add_routes(router);
  parts_->changes.add_routes(router);
  parts_->captures.add_routes(router);
  parts_->demo.add_routes(router);
  parts_->openapi.add_routes(router);
}

Authenticator& StaffModule::staff() { return parts_->staff; }
Authenticator& StaffModule::staff_or_client() { return parts_->staff_or_client; }
Response StaffModule::console_file(const Request& request) const { return parts_->console.answer(request); }

void StaffModule::start(std::vector<std::unique_ptr<Job>> more) {
  const Services& services = parts_->services;
  // One process works on an embedded database, so that what is leased was leased by one that is no more.
  if (services.config.database.kind == DatabaseConfig::Kind::sqlite)
    NotificationStore(*services.database.writer()).release_all();
  std::vector<std::unique_ptr<Job>> jobs = std::move(more);
  jobs.push_back(std::make_unique<ChangeSequencer>(services.database, parts_->process_id));
  jobs.push_back(std::make_unique<Cleanup>(services.database));
  for (auto& job : make_notification_jobs(services, parts_->channels, parts_->process_id))
    jobs.push_back(std::move(job));
  parts_->jobs = std::make_unique<JobRunner>(services, std::move(jobs));
  parts_->jobs->start();
}

void StaffModule::stop() {
  if (parts_->jobs) parts_->jobs->stop();
}

}  // namespace ccms::server
