// Can a till live with the settings of a large chain? The sample chain grown to 300 fields, 60 departments
// and 2,000 stores; from that, the bundle of one store: its size, how long the server takes to derive and
// sign it, and how long a till takes from the bytes to a form on the screen (signature, checks, typed
// settings, rules of turn-around time, form schema), against merely parsing the same bytes as JSON. Prints
// milliseconds, bytes and `ratio X.XX`. Ends with 1 when the bundle is larger than a till may have to fetch.
// Options: --count N.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "core/crypto/digest.h"
#include "core/crypto/ed25519.h"
#include "core/settings/bundle.h"
#include "core/settings/form.h"
#include "core/settings/loader.h"
#include "core/wire/signing.h"
#include "plugin/app/till_settings.h"

namespace {

using namespace ccms;
using nlohmann::json;

constexpr std::size_t kFields = 300;
constexpr std::size_t kDepartments = 60;
constexpr std::size_t kStores = 2000;
constexpr std::size_t kMaxBundleBytes = std::size_t{256} * 1000;
constexpr const char* kStore = "S001";

/// Makes `list` as long as `wanted` with copies of the entries it has, in turn, each with an id of its own.
template <class Rename>
void grow(json& list, std::size_t wanted, const Rename& rename) {
  const std::size_t pattern = list.size();
  for (std::size_t i = pattern; i < wanted; ++i) {
    json copy = list.at(i % pattern);
    rename(copy, i);
    list.push_back(std::move(copy));
  }
}

/// Only what is in use goes to a till: retired fields and those of the console would make the bundle smaller
/// than 300 fields are.
void put_every_field_on_the_till(json& fields) {
  for (json& field : fields) {
    field.erase("retired");
    field["shown_at"] = {"till", "console"};
  }
}

std::string large_chain() {
  std::ifstream file(CCMS_SAMPLE_CHAIN "/settings.json");
  json chain = json::parse(file);
  put_every_field_on_the_till(chain["fields"]);
  grow(chain["fields"], kFields, [](json& field, std::size_t i) {
    const auto number = std::to_string(i);
    field["id"] = field["id"].get<std::string>() + '_' + number;
    for (json& label : field["label"]) label = label.get<std::string>() + ' ' + number;
  });
  grow(chain["departments"], kDepartments, [](json& department, std::size_t i) {
    const auto number = std::to_string(i);
    department["id"] = department["id"].get<std::string>() + '_' + number;
    for (json& name : department["name"]) name = name.get<std::string>() + ' ' + number;
  });
  grow(chain["organisation"]["stores"], kStores, [](json& store, std::size_t i) {
    const auto id = 'N' + std::to_string(i);
    store["id"] = id;
    store["name"] = store["name"].get<std::string>() + ' ' + std::to_string(i);
    std::size_t till = 0;
    for (json& entry : store["tills"]) entry["id"] = id + "-T" + std::to_string(++till);
  });
  return chain.dump();
}

settings::Settings load(const std::string& document) {
  auto loaded = settings::load_settings(document);
  for (const auto& problem : loaded.problems) std::fprintf(stderr, "%s\n", to_string(problem).c_str());
  if (!loaded.value) throw std::runtime_error("the large chain's settings are refused");
  return std::move(*loaded.value);
}

struct Signed {
  std::string body;
  crypto::Signature signature{};
};

Signed derive(const settings::Settings& chain, const crypto::KeyPair& key) {
  auto body = settings::derive_bundle(chain, 1, kStore).value();
  const auto signature = key.sign(wire::bundle_signing_bytes(crypto::sha256(body)));
  return {std::move(body), signature};
}

/// What a till does with an answer, until a clerk sees the form. Returns something of it.
std::size_t load_at_till(const Signed& bundle, const crypto::PublicKey& key) {
  if (!crypto::verify(key, wire::bundle_signing_bytes(crypto::sha256(bundle.body)), bundle.signature))
    throw std::runtime_error("the signature is not the server's");
  const auto loaded = plugin::app::parse_till_settings(bundle.body, "\"etag\"");
  if (!loaded) throw std::runtime_error(loaded.error().message);
  return settings::form_schema(loaded.value()->bundle.form, settings::Screen::till, "en").size();
}

struct Spread {
  double median = 0;
  double p99 = 0;
};

Spread spread(std::vector<double> samples) {
  std::sort(samples.begin(), samples.end());
  return {samples[samples.size() / 2], samples[samples.size() * 99 / 100]};
}

/// What a clerk waits for, and what of that is this thread's own work: on a machine that is busy with
/// something else the two are far apart.
struct Took {
  Spread wall;
  Spread cpu;
};

double cpu_milliseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

Took measure(int count, const std::function<void()>& work) {
  std::vector<double> wall;
  std::vector<double> cpu;
  for (int i = 0; i < count; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    const double cpu_begin = cpu_milliseconds();
    work();
    cpu.push_back(cpu_milliseconds() - cpu_begin);
    wall.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  return {spread(std::move(wall)), spread(std::move(cpu))};
}

void print(const char* what, const Took& took) {
  std::printf("%s: median %.2f ms, p99 %.2f ms; of the processor median %.2f ms, p99 %.2f ms\n", what,
              took.wall.median, took.wall.p99, took.cpu.median, took.cpu.p99);
}

int run(int count) {
  const auto chain = load(large_chain());
  const auto key = crypto::KeyPair::generate();
  const auto bundle = derive(chain, key);
  const auto parts = json::parse(bundle.body);
  std::printf("bundle: %zu bytes of at most %zu (%zu fields: %zu; %zu departments: %zu; %zu stores: %zu)\n",
              bundle.body.size(), kMaxBundleBytes, parts["fields"].size(), parts["fields"].dump().size(),
              parts["departments"].size(), parts["departments"].dump().size(), parts["stores"].size(),
              parts["stores"].dump().size());

  std::size_t seen = 0;
  const auto derived = measure(count, [&] { seen += derive(chain, key).body.size(); });
  const auto loaded = measure(count, [&] { seen += load_at_till(bundle, key.public_key()); });
  const auto parsed = measure(count, [&] { seen += json::parse(bundle.body).size(); });
  print("server derives and signs", derived);
  print("till loads", loaded);
  print("JSON parse alone", parsed);
  std::printf("ratio %.2f (of the processor's medians; %zu)\n", loaded.cpu.median / parsed.cpu.median, seen);
  return bundle.body.size() <= kMaxBundleBytes ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const int count = argc == 3 && std::strcmp(argv[1], "--count") == 0 ? std::atoi(argv[2]) : 200;
  if (count <= 0) {
    std::fprintf(stderr, "usage: bench_bundle_load [--count N]\n");
    return 2;
  }
  try {
    return run(count);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "bench_bundle_load: %s\n", failure.what());
    return 1;
  }
}
