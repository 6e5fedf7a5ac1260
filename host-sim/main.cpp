// host-sim: a till that loads the plugin through its ABI alone.
#include <CLI/CLI.hpp>

#include <csignal>
#include <exception>
#include <iostream>

#include "host-sim/run/agent.h"
#include "host-sim/run/scenario.h"
#include "host-sim/run/scenario_run.h"
#include "host-sim/serve/till_web.h"
#include "host-sim/till/till_config.h"
#include "host-sim/tour/tour.h"
#include "host-sim/validate/validate.h"

int main(int argc, char** argv) {
  using namespace ccms::host_sim;
  std::signal(SIGPIPE, SIG_IGN);

  CLI::App app("A point-of-sale till for trying, testing and demonstrating the CCMS plugin");
  app.require_subcommand(1);
  std::string config_file;
  app.add_option("--config", config_file, "The till's configuration (JSON)");

  auto* agent = app.add_subcommand("agent", "Be a till driven by JSON lines on standard input");
  agent->callback([&] {
    const int code = run_agent(load_till_config(config_file), std::cin, std::cout, std::cerr);
    throw CLI::RuntimeError(code);
  });

  auto* serve = app.add_subcommand("serve", "Show the till in the browser");
  serve->callback([&] { throw CLI::RuntimeError(serve_till(load_till_config(config_file), std::cout)); });

  auto* tour = app.add_subcommand("tour", "Show till, phone and console side by side");
  tour->callback([&] { throw CLI::RuntimeError(run_tour(load_tour_config(config_file), std::cout)); });

  std::string scenario_file;
  auto* run = app.add_subcommand("run", "Run a scenario without a screen and compare both ends");
  run->add_option("scenario", scenario_file, "The scenario (JSON)")->required();
  run->callback([&] { throw CLI::RuntimeError(run_scenario(load_scenario(scenario_file), std::cout)); });

  std::string plugin_file;
  auto* validate = app.add_subcommand("validate", "Check that a plugin keeps the rules of ccms_plugin.h");
  validate->add_option("plugin", plugin_file, "The shared library")->required()->check(CLI::ExistingFile);
  validate->callback([&] { throw CLI::RuntimeError(validate_plugin(plugin_file, std::cout)); });

  std::string check_name;
  std::string check_folder;
  auto* check = app.add_subcommand("validate-check", "One check of validate, in this process")->group("");
  check->add_option("plugin", plugin_file)->required();
  check->add_option("name", check_name)->required();
  check->add_option("folder", check_folder)->required();
  check->callback(
      [&] { throw CLI::RuntimeError(run_check(plugin_file, check_name, check_folder, std::cout)); });

  try {
    app.parse(argc, argv);
  } catch (const CLI::Error& outcome) {
    return app.exit(outcome);
  } catch (const std::exception& problem) {
    std::cerr << "host-sim: " << problem.what() << '\n';
    return 1;
  }
  return 0;
}
