#include "server/cli/settings_command_line.h"

#include <CLI/CLI.hpp>

#include "server/cli/settings_commands.h"

namespace ccms::server {

struct SettingsArguments {
  std::string file;
  PublishWish publish;
  ExportWish export_wish;
  ImportWish import_wish;
  HolidayWish holidays;
  RolloutWish rollout;
  std::string from, to;
  std::int64_t back_to = 0;
  std::string note;
};

namespace {

using Chosen = std::function<int(const Config&)>;

void add_group(CLI::App& command, StoreGroup& group, const std::string& what) {
  command.add_option("--store", group.stores, what + "; repeatable")->allow_extra_args(false);
  command.add_option("--area", group.areas, "all stores of an area; repeatable")->allow_extra_args(false);
  command.add_option("--zone", group.zones, "all stores of a zone; repeatable")->allow_extra_args(false);
}

void describe_writing(CLI::App& settings, SettingsArguments& given, Chosen& chosen) {
  auto* check = settings.add_subcommand("check", "say what is wrong with a document");
  check->add_option("file", given.file)->required();
  check->callback([&] { chosen = [&](const Config&) { return check_settings(given.file); }; });

  auto* publish = settings.add_subcommand("publish", "make a document, or the draft, the next version");
  publish->add_option("file", given.publish.file, "without one: the draft");
  publish->add_option("--note", given.publish.note, "why, for those who look at the versions");
  add_group(*publish, given.publish.stores, "this store first, the others later");
  publish->callback(
      [&] { chosen = [&](const Config& config) { return publish_settings(config, given.publish); }; });

  auto* import_file = settings.add_subcommand("import", "make a file the draft");
  import_file->add_option("file", given.import_wish.file)->required();
  import_file->add_option("--based-on", given.import_wish.based_on,
                          "the version it was made from; the newest");
  import_file->add_flag("--replace", given.import_wish.replace, "also when there is a draft");
  import_file->callback(
      [&] { chosen = [&](const Config& config) { return import_settings(config, given.import_wish); }; });
}

void describe_holidays(CLI::App& settings, SettingsArguments& given, Chosen& chosen) {
  auto* holidays = settings.add_subcommand("holidays", "add a calendar's whole days to a region's holidays");
  holidays->add_option("file", given.holidays.file, "iCalendar")->required();
  holidays->add_option("--region", given.holidays.region, "whose holidays they are")->required();
  const CLI::Range years(1970, 9998);
  holidays->add_option("--from", given.holidays.from_year, "the first year; this one")->check(years);
  holidays->add_option("--to", given.holidays.to_year, "the last year; the fourth after this one")
      ->check(years);
  holidays->add_option("--output", given.holidays.output, "a file for the document; the draft");
  holidays->callback(
      [&] { chosen = [&](const Config& config) { return import_holidays(config, given.holidays); }; });
}

void describe_reading(CLI::App& settings, SettingsArguments& given, Chosen& chosen) {
  auto* export_file = settings.add_subcommand("export", "write a document as it was published");
  export_file->add_option("which", given.export_wish.which, "a version's number, or draft; the one in force");
  export_file->add_option("--output", given.export_wish.output, "a file; standard output");
  export_file->callback(
      [&] { chosen = [&](const Config& config) { return export_settings(config, given.export_wish); }; });

  auto* diff = settings.add_subcommand("diff", "say in words what two documents say differently");
  diff->add_option("from", given.from, "a version's number, draft, or a file")->required();
  diff->add_option("to", given.to, "the same")->required();
  diff->callback(
      [&] { chosen = [&](const Config& config) { return compare_settings(config, given.from, given.to); }; });

  settings.add_subcommand("versions", "what was published, by whom and for whom")->callback([&] {
    chosen = list_settings_versions;
  });
}

void describe_rollout(CLI::App& settings, SettingsArguments& given, Chosen& chosen) {
  auto* rollout = settings.add_subcommand("rollout", "give a newer version to more stores");
  rollout->add_option("version", given.rollout.version)->required();
  add_group(*rollout, given.rollout.stores, "this store");
  auto* everyone = rollout->add_flag("--everyone", given.rollout.everyone, "finish: it is everybody's");
  auto* withdraw = rollout->add_flag("--withdraw", given.rollout.withdraw,
                                     "take it back from the stores named, or from all that have it");
  everyone->excludes(withdraw);
  for (const char* group : {"--store", "--area", "--zone"}) everyone->excludes(rollout->get_option(group));
  for (const char* group : {"--area", "--zone"}) withdraw->excludes(rollout->get_option(group));
  rollout->callback(
      [&] { chosen = [&](const Config& config) { return roll_out_settings(config, given.rollout); }; });

  auto* rollback = settings.add_subcommand("rollback", "publish a former version's document anew");
  rollback->add_option("version", given.back_to)->required();
  rollback->add_option("--note", given.note, "why");
  rollback->callback([&] {
    chosen = [&](const Config& config) { return roll_back_settings(config, given.back_to, given.note); };
  });
}

}  // namespace

std::shared_ptr<SettingsArguments> describe_settings(CLI::App& app, Chosen& chosen) {
  auto given = std::make_shared<SettingsArguments>();
  auto* settings = app.add_subcommand("settings", "the chain's complaint settings")->require_subcommand(1);
  describe_writing(*settings, *given, chosen);
  describe_holidays(*settings, *given, chosen);
  describe_reading(*settings, *given, chosen);
  describe_rollout(*settings, *given, chosen);
  return given;
}

}  // namespace ccms::server
