#pragma once

#include <memory>
#include <vector>

#include "server/app/services.h"
#include "server/http/authenticator.h"
#include "server/http/router.h"
#include "server/jobs/job.h"
#include "server/ledger/customer_directory.h"
#include "server/settings/store_settings.h"

namespace ccms::server {

/// Everything that serves people and programs, as opposed to tills: sign-in, tickets, messages and the jobs
/// behind them. The composition root makes one; what is passed in outlives it.
class StaffModule {
 public:
  StaffModule(const Services& services, StoreSettings& store_settings, CustomerDirectory& directory);
  ~StaffModule();

  void add_routes(Router& router);
  Authenticator& staff();
  Authenticator& staff_or_client();
  /// Answers what is no API address: the console's files.
  Response console_file(const Request& request) const;

  /// Starts the jobs, with `more` besides the module's own. stop() waits for runs under way.
  void start(std::vector<std::unique_ptr<Job>> more = {});
  void stop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace ccms::server
