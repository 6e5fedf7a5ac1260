#include "settings/sample-chain/generator/tickets.h"

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

#include "core/domain/uuid.h"
#include "core/workflow/routing.h"
#include "settings/sample-chain/generator/complaint_texts.h"
#include "settings/sample-chain/generator/requests.h"

namespace ccms::sample_chain {
namespace {

using domain::Instant;

std::string uuid(Instant at, Random& random) {
  domain::UuidEntropy entropy{};
  for (auto& byte : entropy) byte = static_cast<std::uint8_t>(random.below(256));
  return domain::make_uuid_v7(at, entropy);
}

std::string_view resolution_for(std::string_view category, Random& random) {
  if (category == "wrong_price") return random.chance(60) ? "price_corrected" : "refunded";
  if (category == "loyalty_points") return "points_credited";
  if (category == "staff_behaviour" || category == "store_condition") return "apologised";
  if (category == "assortment" || category == "other") return random.chance(70) ? "informed" : "no_action";
  static constexpr std::array<std::string_view, 3> kForGoods = {"refunded", "exchanged", "voucher"};
  return random.pick(kForGoods);
}

/// Plays one ticket forward through the workflow until its story or the generated time ends.
class Story {
 public:
  Story(const settings::Settings& settings, const StoreClock& clock, HistoricTicket& ticket, Instant end,
        Speech speech, Random& random)
      : settings_(settings),
        clock_(clock),
        ticket_(ticket),
        end_(end),
        speech_(speech),
        random_(random),
        now_(ticket.created_at) {
    const domain::TicketFacts facts = domain::facts_of(ticket.request.content, domain::StoreId(ticket.store));
    const auto& workflow = settings.workflow_of_new(facts.kind, facts.category);
    state_.workflow = workflow.id;
    state_.state = workflow.initial;
    state_.department = workflow::route(settings, facts).department;
  }

  void play() {
    if (random_.chance(6)) return;  // nobody has looked at it
    if (random_.chance(25) && !take(with_note("verify"), 20)) return;
    if (random_.chance(7)) {
      reject();
      return;
    }
    if (!take(action("start"), 40) || random_.chance(5)) return;
    if (is_repair() && !repair()) return;
    if (!close()) return;
    if (random_.chance(4) && take(with_note("reopen"), 150)) close();
  }

 private:
  const std::string& category() const { return ticket_.request.content.ticket.category->str(); }
  bool is_repair() const {
    return category() == "defective" && ticket_.request.content.transaction && random_.chance(80);
  }
  std::string_view language() const {
    return language_in(*settings_.find_region_of_store(ticket_.store), speech_);
  }

  static workflow::ActionRequest action(std::string_view name) {
    workflow::ActionRequest request;
    request.action = name;
    return request;
  }

  workflow::ActionRequest with_note(std::string_view name) const {
    workflow::ActionRequest request = action(name);
    request.note = staff_note(name, language(), random_);
    return request;
  }

  void reject() {
    workflow::ActionRequest request = with_note("reject");
    request.reason = random_.chance(50) ? "not_ours" : "not_genuine";
    take(std::move(request), 30);
  }

  /// Some goods nobody comes for.
  bool repair() {
    return take(action("ready"), 200) && !random_.chance(10) && take(action("hand_over"), 240);
  }

  bool close() {
    workflow::ActionRequest request = with_note("close");
    request.resolution_code = resolution_for(category(), random_);
    return take(std::move(request), 100);
  }

  /// Does it some working moment within `hours`, unless the generated time is over by then.
  bool take(workflow::ActionRequest request, int hours) {
    const Instant later = now_ + std::chrono::minutes(random_.between(10, hours * 60));
    now_ = clock_.working_moment(ticket_.store, later);
    if (now_ >= end_) return false;
    const auto decision = workflow::decide(settings_, state_, request, {"department_staff"});
    if (!decision.ok()) throw std::logic_error("the sample's workflow refuses: " + decision.error().message);
    state_.state = decision->to_state;
    const auto team = team_of(state_.department);
    const domain::Customer& colleague = random_.pick(team);
    ticket_.actions.push_back(
        {now_, std::move(request), {domain::ActorType::staff, colleague.id->str(), *colleague.name}});
    return true;
  }

  const settings::Settings& settings_;
  const StoreClock& clock_;
  HistoricTicket& ticket_;
  Instant end_;
  Speech speech_;
  Random& random_;
  Instant now_;
  workflow::TicketState state_;
};

class TicketMaker {
 public:
  TicketMaker(const settings::Settings& settings, const StoreClock& clock, const std::vector<Person>& people,
              const std::vector<Sale>& sales, Instant end, Speech speech, Random& random)
      : settings_(settings),
        clock_(clock),
        people_(people),
        sales_(sales),
        end_(end),
        speech_(speech),
        random_(random),
        requests_(settings, random) {}

  void make_day(std::chrono::local_days day) {
    const bool sunday = std::chrono::weekday(day) == std::chrono::Sunday;
    for (int wanted = sunday ? random_.between(1, 3) : random_.between(6, 11); wanted > 0; --wanted)
      make_one(day);
  }

  std::vector<HistoricTicket> finish() && {
    std::stable_sort(tickets_.begin(), tickets_.end(), [](const HistoricTicket& a, const HistoricTicket& b) {
      return a.created_at < b.created_at;
    });
    return std::move(tickets_);
  }

 private:
  void make_one(std::chrono::local_days day) {
    const Sale* sale = recent_sale(day);
    if (sale == nullptr) return;
    const std::string& store = sale->transaction.store.str();
    const auto created = clock_.open_moment(store, day, random_);
    if (!created || *created >= end_ || *created < sale->transaction.at + std::chrono::minutes(20)) return;
    complained_.insert(sale);
    HistoricTicket ticket;
    ticket.id = domain::TicketId(uuid(*created, random_));
    ticket.store = store;
    ticket.till = random_.pick(settings_.find_store(store)->tills).id;
    ticket.created_at = *created;
    ticket.request.form_id = domain::FormId(uuid(*created, random_));
    const auto team = team_of(store);
    const domain::Customer& clerk = random_.pick(team);
    ticket.request.clerk = domain::Clerk{clerk.id->str(), *clerk.name};
    ticket.request.content = requests_.make(people_[sale->buyer], *sale);
    Story(settings_, clock_, ticket, end_, speech_, random_).play();
    tickets_.push_back(std::move(ticket));
  }

  /// A purchase of the weeks before, which nobody has complained about yet; null when there is none.
  const Sale* recent_sale(std::chrono::local_days day) {
    const Instant before = Instant((day + std::chrono::days(1)).time_since_epoch());
    const auto end = std::partition_point(sales_.begin(), sales_.end(),
                                          [&](const Sale& sale) { return sale.transaction.at < before; });
    const auto known = static_cast<std::uint64_t>(end - sales_.begin());
    constexpr std::uint64_t kRecent = 600;
    constexpr int kTries = 20;
    for (int tries = 0; tries < kTries && known > 0; ++tries) {
      const Sale& sale = *(end - 1 - static_cast<std::ptrdiff_t>(random_.below(std::min(known, kRecent))));
      if (sale.transaction.type == domain::TransactionType::sale && !complained_.contains(&sale))
        return &sale;
    }
    return nullptr;
  }

  const settings::Settings& settings_;
  const StoreClock& clock_;
  const std::vector<Person>& people_;
  const std::vector<Sale>& sales_;
  Instant end_;
  Speech speech_;
  Random& random_;
  RequestMaker requests_;
  std::set<const Sale*> complained_;
  std::vector<HistoricTicket> tickets_;
};

}  // namespace

std::vector<HistoricTicket> make_tickets(const settings::Settings& settings, const StoreClock& clock,
                                         const std::vector<Person>& people, const std::vector<Sale>& sales,
                                         std::chrono::local_days until, int days, Speech speech,
                                         Random& random) {
  TicketMaker maker(settings, clock, people, sales, Instant(until.time_since_epoch()), speech, random);
  for (auto day = until - std::chrono::days(days); day < until; day += std::chrono::days(1))
    maker.make_day(day);
  return std::move(maker).finish();
}

}  // namespace ccms::sample_chain
