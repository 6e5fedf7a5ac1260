#include "server/cli/command_line.h"

#include <Poco/Exception.h>
#include <CLI/CLI.hpp>

#include <functional>
#include <iostream>
#include <memory>

#include "server/cli/commands.h"
#include "server/cli/settings_command_line.h"
#include "server/cli/simulation_command_line.h"

namespace ccms::server {
namespace {

/// The command's arguments live as long as the parser, which writes into them.
struct Arguments {
  std::string config_file;
  UserWish user;
  ClientWish client;
  std::string till;
  std::string file;
  std::string mapping;
  std::int64_t last = 100;
  std::shared_ptr<SettingsArguments> settings;
  std::shared_ptr<SimulationArguments> simulation;
};

using Command = std::function<int(const Config&)>;

void describe_users(CLI::App& app, Arguments& arguments, Command& chosen) {
  auto* user = app.add_subcommand("user", "people who use the console")->require_subcommand(1);
  auto* add =
      user->add_subcommand("add", "add somebody, or give who is there a new password and what else is named");
  add->add_option("login", arguments.user.login)->required();
  add->add_option("--name", arguments.user.name, "for people; the login when left out");
  add->add_option("--email", arguments.user.email);
  add->add_option("--role", arguments.user.roles,
                  "ROLE or ROLE:SCOPE, as the settings have them (department_staff:repairs); repeatable, and "
                  "required of somebody new");
  add->add_flag("--password-stdin", arguments.user.password_on_stdin,
                "read the password from standard input");
  add->callback([&] { chosen = [&](const Config& config) { return add_user(config, arguments.user); }; });
  user->add_subcommand("list", "who there is, and who may sign in")->callback([&] { chosen = list_users; });
  auto* disable = user->add_subcommand("disable", "sign somebody out everywhere and let them in no more");
  disable->add_option("login", arguments.user.login)->required();
  disable->callback(
      [&] { chosen = [&](const Config& config) { return disable_user(config, arguments.user.login); }; });
  auto* enable = user->add_subcommand("enable", "let somebody in again");
  enable->add_option("login", arguments.user.login)->required();
  enable->callback(
      [&] { chosen = [&](const Config& config) { return enable_user(config, arguments.user.login); }; });
  auto* remove = user->add_subcommand("remove", "somebody has left: let them in never again");
  remove->add_option("login", arguments.user.login)->required();
  remove->callback(
      [&] { chosen = [&](const Config& config) { return remove_user(config, arguments.user.login); }; });
}

void describe_audit(CLI::App& app, Arguments& arguments, Command& chosen) {
  auto* audit = app.add_subcommand("audit", "what was done in administration, newest first");
  audit->add_option("--last", arguments.last, "how many entries; 100 when left out")
      ->check(CLI::Range(1, 100000));
  audit->callback([&] { chosen = [&](const Config& config) { return list_audit(config, arguments.last); }; });
}

void describe_tills(CLI::App& app, Arguments& arguments, Command& chosen) {
  auto* till = app.add_subcommand("till", "tills")->require_subcommand(1);
  auto* code = till->add_subcommand("code", "print a one-use enrolment code, good for 15 minutes");
  code->add_option("till", arguments.till)->required();
  code->callback(
      [&] { chosen = [&](const Config& config) { return issue_till_code(config, arguments.till); }; });
  till->add_subcommand("list", "the enrolled tills")->callback([&] { chosen = list_tills; });
  auto* disable = till->add_subcommand("disable", "refuse a till's requests; what it captures waits there");
  disable->add_option("till", arguments.till)->required();
  disable->callback(
      [&] { chosen = [&](const Config& config) { return disable_till(config, arguments.till); }; });
  auto* enable = till->add_subcommand("enable", "answer a till again");
  enable->add_option("till", arguments.till)->required();
  enable->callback(
      [&] { chosen = [&](const Config& config) { return enable_till(config, arguments.till); }; });
}

void describe(CLI::App& app, Arguments& arguments, Command& chosen) {
  app.require_subcommand(1);
  app.fallthrough();
  app.set_version_flag("--version", std::string("ccms-server ") + CCMS_VERSION, "which version this is");
  app.add_option("--config", arguments.config_file,
                 "configuration (JSON); without it: ./ccms-data, SQLite, loopback")
      ->check(CLI::ExistingFile);

  app.add_subcommand("serve", "run the server")->callback([&] { chosen = serve; });
  app.add_subcommand("migrate", "bring the database up to date")->callback([&] { chosen = migrate; });

  describe_users(app, arguments, chosen);
  describe_audit(app, arguments, chosen);

  auto* client = app.add_subcommand("client", "programs that call the API")->require_subcommand(1);
  auto* add_key = client->add_subcommand("add", "print a new API key, this once");
  add_key->add_option("name", arguments.client.name)->required();
  add_key->add_option("--role", arguments.client.roles, "as for a user; repeatable")->required();
  add_key->callback(
      [&] { chosen = [&](const Config& config) { return add_client(config, arguments.client); }; });
  client->add_subcommand("list", "who has a key, and who had one")->callback([&] { chosen = list_clients; });
  auto* revoke = client->add_subcommand("revoke", "make a client's key worthless at once");
  revoke->add_option("name", arguments.client.name)->required();
  revoke->callback(
      [&] { chosen = [&](const Config& config) { return revoke_client(config, arguments.client.name); }; });

  describe_tills(app, arguments, chosen);

  auto* ledger = app.add_subcommand("ledger", "the embedded customer directory")->require_subcommand(1);
  auto* add_purchases = ledger->add_subcommand("import", "add transactions from a CSV file");
  add_purchases->add_option("file", arguments.file)->required();
  add_purchases->add_option("--mapping", arguments.mapping, "which column means what (JSON)")->required();
  add_purchases->callback([&] {
    chosen = [&](const Config& config) { return import_ledger(config, arguments.file, arguments.mapping); };
  });

  auto* ticket = app.add_subcommand("ticket", "tickets")->require_subcommand(1);
  auto* add_history = ticket->add_subcommand("import", "take in the tickets of an older system (JSON lines)");
  add_history->add_option("file", arguments.file)->required();
  add_history->callback(
      [&] { chosen = [&](const Config& config) { return import_history(config, arguments.file); }; });

  arguments.simulation = describe_simulation(app, chosen);
  arguments.settings = describe_settings(app, chosen);
}

const CLI::App* command_of(const CLI::App& app, const std::string& name) {
  const auto found =
      app.get_subcommands([&](const CLI::App* command) { return command->get_name() == name; });
  return found.empty() ? nullptr : found.front();
}

/// The first word that should be a command and is none; empty: there is no such word.
std::string unknown_command(const CLI::App& app, int argc, char** argv) {
  const CLI::App* at = &app;
  for (int i = 1; i < argc && at->get_require_subcommand_min() > 0; ++i) {
    std::string word = argv[i];
    if (word == "--config") ++i;  // and what follows is its file
    if (word.starts_with('-')) continue;
    const CLI::App* command = command_of(*at, word);
    if (command == nullptr) return word;
    at = command;
  }
  return {};
}

int run(const Arguments& arguments, const Command& command) {
  auto config = arguments.config_file.empty() ? domain::Result<Config>(default_config())
                                              : load_config(arguments.config_file);
  if (!config.ok()) {
    std::cerr << arguments.config_file << ": " << config.error().field
              << (config.error().field.empty() ? "" : " ") << config.error().message << " ("
              << config.error().code << ")\n";
    return 1;
  }
  return command(*config);
}

}  // namespace

int run_command_line(int argc, char** argv) {
  CLI::App app("CCMS, customer complaints of a retail chain: the central server", "ccms-server");
  Arguments arguments;
  Command command;
  describe(app, arguments, command);
  try {
    app.parse(argc, argv);
    return run(arguments, command);
  } catch (const CLI::ParseError& error) {
    const auto word = error.get_exit_code() == 0 ? std::string() : unknown_command(app, argc, argv);
    if (word.empty()) return app.exit(error);
    std::cerr << "there is no command " << word << "; --help lists them\n";
    return error.get_exit_code();
  } catch (const Poco::Exception& error) {
    std::cerr << "ccms-server: " << error.displayText() << '\n';
  } catch (const std::exception& error) {
    std::cerr << "ccms-server: " << error.what() << '\n';
  }
  return 1;
}

}  // namespace ccms::server
