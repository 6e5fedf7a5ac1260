#include "settings/sample-chain/generator/people.h"

#include <array>
#include <cstdio>
#include <map>
#include <stdexcept>

namespace ccms::sample_chain {
namespace {

using domain::IdentifierType;

struct Names {
  std::string_view region;
  std::array<std::string_view, 16> given;
  std::array<std::string_view, 16> family;
};

constexpr std::array kNames = {
    Names{"germany",
          {"Anna", "Jürgen", "Sabine", "Lukas", "Mia", "Ayşe", "Emre", "Katharina", "Björn", "Zoë", "Piotr",
           "Nguyễn", "François", "Leonie", "Matthias", "Željka"},
          {"Müller", "Schröder", "Yılmaz", "Weiß", "Hoffmann", "Kowalski", "Groß", "Petersen", "Öztürk",
           "Jäger", "Hansen", "Böhm", "von der Heide", "Novák", "Schäfer", "Bauer"}},
    Names{"britain",
          {"Olivia", "Harry", "Siân", "Priya", "Mohammed", "Eleanor", "Callum", "Zainab", "Niamh", "George",
           "Chloë", "Tunde", "Isla", "Rhys", "Beatrice", "Arjun"},
          {"Smith", "O'Connor", "Patel", "Hughes", "Khan", "Taylor", "MacLeod", "Okafor", "Brown", "Singh",
           "Davies", "Whitfield", "Nowak", "Evans", "Ahmed", "Robinson-Clarke"}},
    Names{"us_east",
          {"Emily", "José", "Michael", "Latoya", "Sofía", "David", "Grace", "Tyrone", "Hannah", "Luis",
           "Aaliyah", "Ethan", "Mei", "Noah", "Renée", "Jamal"},
          {"Johnson", "García", "Nguyen", "Williams", "Rodríguez", "Cohen", "Kim", "Jackson", "Rossi",
           "Murphy", "Washington", "Peña", "Schwartz", "Lee", "Brooks", "D'Angelo"}},
};

/// Names that are written in another script, as their owners write them.
constexpr std::array<std::string_view, 16> kOtherScripts = {"Ольга Иванова",
                                                            "Дмитрий Соколов",
                                                            "Олександр Шевченко",
                                                            "Γιώργος Παπαδόπουλος",
                                                            "Ελένη Νικολάου",
                                                            "王小明",
                                                            "李娜",
                                                            "佐藤花子",
                                                            "田中太郎",
                                                            "김민준",
                                                            "이서연",
                                                            "محمد العلي",
                                                            "فاطمة حسن",
                                                            "דוד כהן",
                                                            "अनिता शर्मा",
                                                            "สมชาย ใจดี"};

const Names& names_in(const std::string& region) {
  for (const Names& names : kNames) {
    if (names.region == region) return names;
  }
  return kNames.front();
}

std::string numbered(const char* format, unsigned number) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, number);
  return text.data();
}

/// A series of numbers that a regulator set aside for film and fiction.
struct Series {
  std::string_view region;
  const char* format;  ///< with one %u for the last digits
  unsigned size;
};

/// Bundesnetzagentur, Ofcom, and 555-01xx in North America. Ofcom's mobile series is refused by phone number
/// libraries, so the British have its fixed lines; German mobiles run out, and fixed lines follow.
constexpr std::array kSeries = {
    Series{"germany", "+49 171 39200%02u", 100},  Series{"germany", "+49 176 040690%02u", 100},
    Series{"germany", "+49 30 23125 %03u", 1000}, Series{"britain", "+44 20 7946 0%03u", 1000},
    Series{"us_east", "+1 212 555 01%02u", 100},  Series{"us_east", "+1 347 555 01%02u", 100},
    Series{"us_east", "+1 617 555 01%02u", 100},  Series{"us_east", "+1 857 555 01%02u", 100},
};

/// Gives each number once.
class NumberPool {
 public:
  std::string take(const std::string& region) {
    unsigned left = taken_[region]++;
    for (const Series& series : kSeries) {
      if (series.region != region) continue;
      if (left < series.size) return numbered(series.format, left);
      left -= series.size;
    }
    throw std::logic_error("no more fictional phone numbers in " + region);
  }

 private:
  std::map<std::string, unsigned> taken_;
};

std::string name_in(const std::string& region, Random& random) {
  if (random.chance(7)) return std::string(random.pick(kOtherScripts));
  const Names& names = names_in(region);
  return std::string(random.pick(names.given)) + " " + std::string(random.pick(names.family));
}

}  // namespace

const std::string* Person::identifier(IdentifierType type) const {
  for (const auto& identifier : customer.identifiers) {
    if (identifier.type == type) return &identifier.value;
  }
  return nullptr;
}

std::vector<Person> make_people(const settings::Settings& settings, std::size_t count, Speech speech,
                                Random& random) {
  std::vector<Person> people;
  people.reserve(count);
  NumberPool numbers;
  for (std::size_t i = 0; i < count; ++i) {
    const settings::Store& store = random.pick(settings.organisation.stores);
    const settings::Region& country = *settings.find_region_of_store(store.id);
    const std::string& region = country.id;
    Person person;
    person.home_store = store.id;
    // Asked in either speech, so that the same people do the same things.
    const bool newcomer = region == "germany" && !random.chance(94);
    person.language = newcomer ? "en" : language_in(country, speech);
    const auto number = static_cast<unsigned>(i + 1);
    person.customer.id = domain::CustomerId(numbered("C%05u", number));
    person.customer.name = name_in(region, random);
    auto& identifiers = person.customer.identifiers;
    identifiers.push_back({IdentifierType::card, numbered("2900%08u", number * 37)});
    const std::string* household =
        people.empty() ? nullptr : people.back().identifier(IdentifierType::mobile);
    if (household != nullptr && people.back().home_store == store.id && random.chance(30)) {
      identifiers.push_back({IdentifierType::mobile, *household});
    } else if (random.chance(92)) {
      identifiers.push_back({IdentifierType::mobile, numbers.take(region)});
    }
    if (random.chance(65))
      identifiers.push_back({IdentifierType::email, numbered("customer%u@example.com", number)});
    people.push_back(std::move(person));
  }
  return people;
}

std::vector<domain::Customer> team_of(const std::string& unit) {
  std::uint64_t seed = 0;
  for (const char c : unit) seed = seed * 131 + static_cast<unsigned char>(c);
  Random random(seed);
  const bool american = unit >= "S011" && unit <= "S099";
  const bool british = unit >= "S008" && unit <= "S010";
  const Names& names = names_in(american ? "us_east" : british ? "britain" : "germany");
  std::vector<domain::Customer> team;
  for (const char* suffix : {"-1", "-2", "-3"}) {
    domain::Customer member;
    member.id = domain::CustomerId(unit + suffix);
    member.name = std::string(random.pick(names.given));
    team.push_back(std::move(member));
  }
  return team;
}

}  // namespace ccms::sample_chain
