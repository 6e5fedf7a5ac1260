#include "server/cli/simulation_command_line.h"

#include <CLI/CLI.hpp>

#include "server/cli/commands.h"
#include "server/what_if/replay_report.h"

namespace ccms::server {

struct SimulationArguments {
  TrySettings settings;
  SimulationWish wish;
  std::int64_t last = kUsualReplayed;
};

namespace {

using Chosen = std::function<int(const Config&)>;

void add_settings(CLI::App& command, TrySettings& settings) {
  auto* file = command.add_option("--settings", settings.file, "a document to try");
  auto* version = command.add_option("--version", settings.choice.version, "a published version to try");
  auto* draft = command.add_flag("--draft", settings.choice.draft, "try the draft");
  file->excludes(version)->excludes(draft);
  version->excludes(draft);
}

void describe_ticket(CLI::App& simulate, SimulationArguments& given, Chosen& chosen) {
  auto& wish = given.wish;
  simulate.add_option("--store", wish.store, "where it is reported (required)");
  simulate.add_option("--at", wish.at, "when, by the store's clock: 2026-11-27T17:50 (required)");
  add_settings(simulate, given.settings);
  simulate.add_option("--kind", wish.kind, "complaint (default), suggestion, service, task");
  simulate.add_option("--category", wish.category);
  simulate.add_option("--priority", wish.priority, "as the clerk asks for it");
  simulate.add_option("--department", wish.department, "as the clerk asks for it");
  simulate.add_option("--amount", wish.amount, "what was paid, in minor units");
  simulate.add_option("--details", wish.details, "what the customer says");
  simulate.add_option("--language", wish.language, "the customer's; the chain's first when left out");
  simulate.add_option("--channel", wish.channel, "till, console, portal, email");
  simulate.add_option("--verification", wish.verification, "verified, pending, mismatch, unverified");
  simulate.add_option("--custom", wish.custom, "values of the chain's own fields: '{\"felt_unwell\": true}'");
  simulate.callback([&simulate, &given, &chosen] {
    if (!simulate.get_subcommands().empty()) return;
    // Not the parser's to ask for: `replay` needs neither.
    for (const char* name : {"--store", "--at"}) {
      if (simulate.get_option(name)->count() == 0) throw CLI::RequiredError(name);
    }
    chosen = [&given](const Config& config) { return simulate_ticket(config, given.settings, given.wish); };
  });
}

void describe_replay(CLI::App& simulate, SimulationArguments& given, Chosen& chosen) {
  auto* replay =
      simulate.add_subcommand("replay", "what would change for the last tickets, counted and listed");
  add_settings(*replay, given.settings);
  replay->add_option("--last", given.last, "how many tickets; " + std::to_string(kUsualReplayed))
      ->check(CLI::Range(std::int64_t{1}, kMostReplayed));
  replay->callback([replay, &given, &chosen] {
    if (replay->count("--settings") + replay->count("--version") + replay->count("--draft") == 0)
      throw CLI::RequiredError("--settings, --version or --draft");
    chosen = [&given](const Config& config) { return replay_tickets(config, given.settings, given.last); };
  });
}

}  // namespace

std::shared_ptr<SimulationArguments> describe_simulation(CLI::App& app, Chosen& chosen) {
  auto given = std::make_shared<SimulationArguments>();
  auto* simulate = app.add_subcommand(
      "simulate", "what would become of a ticket that nobody works on, or of the last ones");
  describe_ticket(*simulate, *given, chosen);
  describe_replay(*simulate, *given, chosen);
  return given;
}

}  // namespace ccms::server
