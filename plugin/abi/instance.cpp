#include "plugin/abi/instance.h"

#include <string>
#include <utility>

#include "core/crypto/random.h"
#include "plugin/sync/http_server_api.h"

namespace ccms::plugin::abi {
namespace {

std::uint64_t random_bits() {
  std::uint64_t bits = 0;
  for (const auto byte : crypto::random_array<8>()) bits = bits << 8U | byte;
  return bits;
}

const char* name_of(State state) {
  switch (state) {
    case kCreated:
      return "created";
    case kStarted:
      return "started";
    case kStopped:
      return "stopped";
  }
  return "unknown";
}

}  // namespace

domain::Result<std::unique_ptr<Instance>> Instance::create(const ccms_host_t& host,
                                                           std::string_view config_json) {
  auto config = parse_config(config_json);
  if (!config) return config.error();
  auto server = sync::HttpServerApi::create(config->server_url, config->ca_file);
  if (!server) return server.error();
  auto journal = outbox::Journal::open(config->data_folder);
  if (!journal) return journal.error();
  std::unique_ptr<Instance> instance(
      new Instance(host, *config, std::move(journal).value(), std::move(server).value()));
  if (auto loaded = app::load_from_journal(instance->till_); !loaded) return loaded.error();
  return instance;
}

Instance::Instance(const ccms_host_t& host, const Config& config, std::unique_ptr<outbox::Journal> journal,
                   std::unique_ptr<sync::ServerApi> server)
    : host_(host),
      journal_(std::move(journal)),
      till_(config.till, host_, clock_, *journal_),
      server_(std::move(server)),
      engine_(till_, *server_, config.timing, random_bits),
      worker_(till_, *server_, engine_),
      ui_thread_(std::this_thread::get_id()) {}

Instance::~Instance() {
  worker_.stop();
  till_.scanner.give_back();
  host_.close();
}

void Instance::start() {
  host_.open();
  worker_.start();
  const std::lock_guard lock(state_mutex_);
  state_ = kStarted;
}

void Instance::stop() {
  worker_.stop();
  till_.scanner.give_back();
  host_.close();
  const std::lock_guard lock(state_mutex_);
  state_ = kStopped;
}

std::optional<Instance::Refusal> Instance::check(const Rule& rule) {
  if (rule.thread == OnThread::ui && !on_ui_thread()) {
    return Refusal{CCMS_WRONG_THREAD, std::string(rule.function) + " is to be called on the UI thread"};
  }
  // A host that calls from inside its write callback, or from a function of its own, would wait for itself.
  if (rule.thread == OnThread::ui && inside_callback()) {
    return Refusal{CCMS_INVALID_STATE, std::string(rule.function) + " is called from inside a callback"};
  }
  const std::lock_guard lock(state_mutex_);
  if ((rule.states & state_) != 0) return std::nullopt;
  return Refusal{CCMS_INVALID_STATE,
                 std::string(rule.function) + " is not allowed in the state \"" + name_of(state_) + "\""};
}

bool Instance::inside_callback() const { return ui_caller_.load() == std::this_thread::get_id(); }

Instance::UiCall::UiCall(Instance& instance, OnThread thread)
    : instance_(instance), lock_(instance.ui_calls_, std::defer_lock) {
  if (thread != OnThread::ui) return;
  lock_.lock();
  instance_.ui_caller_.store(std::this_thread::get_id());
}

Instance::UiCall::~UiCall() {
  if (lock_.owns_lock()) instance_.ui_caller_.store(std::thread::id());
}

void Instance::log_misbehaviour(std::string_view message) const {
  host_.log(app::LogLevel::host_misbehaving, message);
}

bool Instance::on_ui_thread() {
  const auto here = std::this_thread::get_id();
  {
    const std::lock_guard lock(state_mutex_);
    if (here == ui_thread_) return true;
  }
  if (!host_.is_ui_thread()) return false;  // asked only between start and stop
  const std::lock_guard lock(state_mutex_);
  ui_thread_ = here;
  return true;
}

}  // namespace ccms::plugin::abi
