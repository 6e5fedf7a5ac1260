// ccms-sample: writes 90 days of the sample chain's customers, sales and tickets.

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

#include "core/settings/calendar_date.h"
#include "settings/sample-chain/generator/output.h"

namespace {

namespace fs = std::filesystem;
using ccms::sample_chain::Speech;

std::chrono::local_days day_from(const std::string& text) {
  return std::chrono::local_days(std::chrono::year(std::stoi(text.substr(0, 4))) /
                                 std::stoi(text.substr(5, 2)) / std::stoi(text.substr(8, 2)));
}

void write(const fs::path& path, std::string_view text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Writes 90 days of the sample chain's customers, sales and tickets.");
  fs::path folder;
  std::string until;
  std::uint64_t seed = 1;
  auto speech = Speech::local;
  app.add_option("--output", folder,
                 "Folder for customers.json, transactions.csv, transactions.mapping.json, "
                 "tickets.jsonl")
      ->required();
  app.add_option("--until", until, "The day (YYYY-MM-DD) before which the data ends")
      ->required()
      ->check([](const std::string& text) {
        return ccms::settings::is_calendar_date(text) ? "" : "must be a date such as 2026-11-21";
      });
  app.add_option("--seed", seed, "The same seed and date give the same files");
  app.add_option("--speech", speech,
                 "What customers, receipts and staff speak: local (German in Germany) or english")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, Speech>{{"local", Speech::local}, {"english", Speech::english}}))
      ->option_text("SPEECH");
  CLI11_PARSE(app, argc, argv);
  try {
    using namespace ccms::sample_chain;
    const SampleData data = make_sample_data(load_sample_settings(), day_from(until), seed, speech);
    fs::create_directories(folder);
    write(folder / "customers.json", customers_json(data));
    write(folder / "transactions.csv", transactions_csv(data));
    write(folder / "transactions.mapping.json", transactions_mapping_json());
    write(folder / "tickets.jsonl", tickets_jsonl(data));
    std::cout << data.people.size() << " customers, " << data.sales.size() << " receipts, "
              << data.tickets.size() << " tickets\n";
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "ccms-sample: " << error.what() << "\n";
    return 1;
  }
}
