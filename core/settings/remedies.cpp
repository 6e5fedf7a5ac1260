#include "core/settings/remedies.h"

#include <algorithm>

namespace ccms::settings {
namespace {

using domain::Error;

const RemedyRule* rule_for(const FormSettings& settings, domain::RemedyKind kind) {
  const auto& rules = settings.remedies;
  const auto found =
      std::find_if(rules.begin(), rules.end(), [&](const RemedyRule& rule) { return rule.kind == kind; });
  return found == rules.end() ? nullptr : &*found;
}

}  // namespace

domain::Result<void> check_offered(const FormSettings& settings, const domain::Remedy& remedy) {
  if (remedy.amount && remedy.amount->currency != settings.currency)
    return Error{"bad_value", "the chain's currency is " + settings.currency, "/remedy/amount/currency"};
  if (!settings.remedies.empty() && rule_for(settings, remedy.kind) == nullptr)
    return Error{"not_offered", "the chain does not give this", "/remedy/kind"};
  return {};
}

domain::Result<void> check_remedy(const FormSettings& settings, const domain::Settled& settlement) {
  const auto& remedy = settlement.remedy;
  if (!remedy) return {};
  if (auto offered = check_offered(settings, *remedy); !offered) return offered;
  const RemedyRule* rule = rule_for(settings, remedy->kind);
  if (rule == nullptr) return {};
  if (!remedy->amount && (rule->approval_above || rule->at_most))
    return Error{"missing_field", "what this comes to decides who may give it", "/remedy/amount"};
  if (rule->at_most && remedy->amount->amount > *rule->at_most) {
    return Error{"too_much",
                 "the counter gives at most " + std::to_string(*rule->at_most) + " minor units of " +
                     settings.currency,
                 "/remedy/amount"};
  }
  return {};
}

bool needs_approval(const FormSettings& settings, const domain::Settled& settlement) {
  const auto& remedy = settlement.remedy;
  if (!remedy || !remedy->amount) return false;
  const RemedyRule* rule = rule_for(settings, remedy->kind);
  return rule != nullptr && rule->approval_above && remedy->amount->amount > *rule->approval_above;
}

domain::Result<void> check_approval(const FormSettings& settings, const domain::Settled& settlement,
                                    const domain::Clerk& clerk) {
  if (!needs_approval(settings, settlement)) return {};
  if (!settlement.approved_by)
    return Error{"approval_needed", "somebody else has to allow this amount", "/approved_by"};
  if (settlement.approved_by->id == clerk.id)
    return Error{"self_approval", "who gives this amount cannot allow it as well", "/approved_by"};
  return {};
}

}  // namespace ccms::settings
