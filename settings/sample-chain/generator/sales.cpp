#include "settings/sample-chain/generator/sales.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

namespace ccms::sample_chain {
namespace {

std::string currency_of(const settings::Settings& settings, const std::string& store) {
  const std::string& region = settings.find_region_of_store(store)->id;
  return region == "britain" ? "GBP" : region == "us_east" ? "USD" : "EUR";
}

class SaleMaker {
 public:
  SaleMaker(const settings::Settings& settings, const StoreClock& clock, const std::vector<Person>& people,
            Speech speech, Random& random)
      : settings_(settings), clock_(clock), people_(people), speech_(speech), random_(random) {}

  /// Adds a purchase on `day`, or on the last open day before it.
  void buy(std::size_t buyer, const settings::Store& store, std::chrono::local_days day) {
    std::optional<domain::Instant> at;
    for (; !at; day -= std::chrono::days(1)) at = clock_.open_moment(store.id, day, random_);
    Sale sale;
    sale.buyer = buyer;
    domain::Transaction& transaction = sale.transaction;
    transaction.store = domain::StoreId(store.id);
    transaction.till = domain::TillId(random_.pick(store.tills).id);
    transaction.at = std::chrono::floor<std::chrono::seconds>(*at);  // receipts know no smaller
    transaction.utc_offset_minutes = clock_.utc_offset_minutes(store.id, *at);
    transaction.customer_id = people_[buyer].customer.id;
    fill(sale, store);
    sales_.push_back(std::move(sale));
  }

  const settings::Store& a_store_for(const Person& person) {
    const settings::Store& home = *settings_.find_store(person.home_store);
    if (!random_.chance(25)) return home;
    std::vector<const settings::Store*> near;
    const settings::Region* region = settings_.find_region_of_store(home.id);
    for (const settings::Store& store : settings_.organisation.stores) {
      if (settings_.find_region_of_store(store.id) == region) near.push_back(&store);
    }
    return *random_.pick(near);
  }

  /// Receipt numbers count up in each store, so they are given when all sales are known.
  std::vector<Sale> finish() && {
    std::stable_sort(sales_.begin(), sales_.end(),
                     [](const Sale& a, const Sale& b) { return a.transaction.at < b.transaction.at; });
    std::map<std::string, unsigned> last;
    for (Sale& sale : sales_) {
      const std::string& store = sale.transaction.store.str();
      std::array<char, 32> number{};
      std::snprintf(number.data(), number.size(), "R%s-%06u", store.c_str() + 1, 100'000 + ++last[store]);
      sale.transaction.id = number.data();
    }
    return std::move(sales_);
  }

 private:
  void fill(Sale& sale, const settings::Store& store) {
    const bool technik = store.concept_id == "technik";
    const std::span<const Product> shelf = technik ? electronics() : groceries();
    const int lines = technik ? random_.between(1, 3) : random_.between(2, 9);
    for (int i = 0; i < lines; ++i) {
      const Product& product = random_.pick(shelf);
      const bool twice =
          std::find(sale.products.begin(), sale.products.end(), &product) != sale.products.end();
      if (!twice) add_line(sale, product, store);
    }
    if (random_.chance(2)) give_back(sale.transaction);
    domain::Money total = sale.transaction.lines.front().amount;
    total.amount = 0;
    for (const auto& line : sale.transaction.lines) total.amount += line.amount.amount;
    sale.transaction.total = total;
  }

  void add_line(Sale& sale, const Product& product, const settings::Store& store) {
    const int quantity =
        product.aisle == Aisle::electronics || random_.chance(75) ? 1 : random_.between(2, 4);
    domain::TransactionLine line;
    line.line = static_cast<int>(sale.transaction.lines.size()) + 1;
    line.product_id = product.id;
    line.description = product.name_in(language_in(*settings_.find_region_of_store(store.id), speech_));
    line.quantity = *domain::Quantity::parse(std::to_string(quantity));
    const std::string currency = currency_of(settings_, store.id);
    line.amount = {price_in(product, currency) * quantity, currency};
    sale.transaction.lines.push_back(std::move(line));
    sale.products.push_back(&product);
  }

  static void give_back(domain::Transaction& transaction) {
    transaction.type = domain::TransactionType::return_;
    for (auto& line : transaction.lines) {
      line.quantity = *domain::Quantity::parse("-" + line.quantity.str());
      line.amount.amount = -line.amount.amount;
    }
  }

  const settings::Settings& settings_;
  const StoreClock& clock_;
  const std::vector<Person>& people_;
  Speech speech_;
  Random& random_;
  std::vector<Sale> sales_;
};

}  // namespace

std::vector<Sale> make_sales(const settings::Settings& settings, const StoreClock& clock,
                             const std::vector<Person>& people, std::chrono::local_days until, int days,
                             Speech speech, Random& random) {
  SaleMaker maker(settings, clock, people, speech, random);
  constexpr int kYear = 365;
  for (std::size_t buyer = 0; buyer < people.size(); ++buyer) {
    for (int visits = random.between(2, 9); visits > 0; --visits) {
      const settings::Store& store = maker.a_store_for(people[buyer]);
      const int longest = store.concept_id == "technik" ? days + kYear : days;
      maker.buy(buyer, store, until - std::chrono::days(random.between(1, longest)));
    }
  }
  return std::move(maker).finish();
}

}  // namespace ccms::sample_chain
