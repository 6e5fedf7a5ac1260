#include "plugin/app/slip.h"

#include <nlohmann/json.hpp>

#include "core/domain/text.h"
#include "core/settings/form_settings.h"
#include "core/tz/tz.h"
#include "core/wire/json_writer.h"
#include "plugin/app/labels.h"

namespace ccms::plugin::app {
namespace {

constexpr std::size_t kColumns = 42;

std::string entry(Label name, std::string_view language, std::string_view value) {
  std::string line(label(name, language));
  line.append(": ").append(value);
  return line;
}

Label label_of(domain::TicketKind kind) {
  switch (kind) {
    case domain::TicketKind::complaint:
      return Label::complaint;
    case domain::TicketKind::suggestion:
      return Label::suggestion;
    case domain::TicketKind::service:
      return Label::service;
    case domain::TicketKind::task:
      return Label::task;
  }
  return Label::ticket;
}

std::string local_time(const settings::Bundle& settings, domain::Instant instant) {
  const auto text = tz::format_local(settings.store.time_zone, instant);
  return text ? *text : domain::format_rfc3339(instant);
}

constexpr std::string_view kPlaceholder = "{code}";

/// The address of the ticket's page; empty when the chain has none.
std::string follow_up_url(const settings::Bundle& settings, const domain::TicketCode& code) {
  std::string url = settings.till.follow_up_url;
  if (const auto at = url.find(kPlaceholder); at != std::string::npos)
    url.replace(at, kPlaceholder.size(), code.str());
  return url;
}

bool fits(std::string_view text) { return domain::count_code_points(text) <= kColumns; }

std::string_view without_scheme(std::string_view url) {
  const auto end = url.find("://");
  return end == std::string_view::npos ? url : url.substr(end + 3);
}

/// The same address for somebody who types it: no line of it is ever broken. Whole where it fits, else
/// without its "https://", else the code on a line of its own; nothing when even that is too wide for the
/// paper.
std::vector<std::string> typed_address(const settings::Bundle& settings, const domain::TicketCode& code) {
  const auto url = follow_up_url(settings, code);
  if (fits(url)) return {url};
  if (fits(without_scheme(url))) return {std::string(without_scheme(url))};
  const auto pattern = without_scheme(settings.till.follow_up_url);
  const auto at = pattern.find(kPlaceholder);
  if (at == std::string_view::npos || at + kPlaceholder.size() != pattern.size() ||
      !fits(pattern.substr(0, at)))
    return {};
  return {std::string(pattern.substr(0, at)), code.str()};
}

/// Where the customer was and how to reach it: the same on every slip, whatever it is about.
std::vector<std::string> letterhead(const settings::Bundle& settings, std::string_view language) {
  std::vector<std::string> lines{settings.chain, settings.store.name};
  for (const auto& line :
       {settings.store.address, settings.store.phone, std::string(settings.store.hours.in(language))}) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

void add_subject(std::vector<std::string>& lines, const settings::Bundle& settings, const SlipFacts& facts) {
  const auto& content = facts.content;
  const auto& language = content.language;
  lines.push_back(entry(Label::kind, language, label(label_of(content.kind), language)));
  if (content.ticket.category) {
    if (const auto* category =
            settings::find_by_id(settings.form.categories, content.ticket.category->str())) {
      lines.push_back(entry(Label::category, language, category->label.in(language)));
    }
  }
  if (content.complainant.name) {
    lines.push_back(entry(Label::customer, language, domain::mask_name(*content.complainant.name)));
  }
  if (content.transaction) lines.push_back(entry(Label::receipt, language, content.transaction->id));
}

void add_goods(std::vector<std::string>& lines, const settings::Bundle& settings, const SlipFacts& facts) {
  const auto& language = facts.content.language;
  const auto* condition = settings::find_by_id(settings.form.goods_conditions, facts.goods->condition.str());
  lines.push_back(entry(Label::goods_received, language,
                        condition == nullptr ? facts.goods->condition.str() : condition->label.in(language)));
  for (const auto& accessory : facts.goods->accessories) lines.push_back("+ " + accessory);
}

std::vector<std::string> lines_of(const settings::Bundle& settings, const SlipFacts& facts) {
  const auto& language = facts.content.language;
  std::vector<std::string> lines;
  if (facts.training) lines.emplace_back(label(Label::training, language));
  lines.push_back(entry(Label::date, language, local_time(settings, facts.created_at)));
  if (facts.content.ticket.confidential) {
    lines.emplace_back(label(Label::confidential_note, language));
    return lines;
  }
  add_subject(lines, settings, facts);
  if (facts.goods != nullptr) add_goods(lines, settings, facts);
  // A ticket of training is nobody's to answer.
  if (facts.answer_by && !facts.training)
    lines.push_back(entry(Label::answer_by, language, local_time(settings, *facts.answer_by)));
  return lines;
}

std::string printable(const std::vector<std::string>& paragraphs) {
  std::string text;
  for (const auto& paragraph : paragraphs) {
    for (const auto& line : wrap(paragraph, kColumns)) text.append(line).append("\n");
  }
  return text;
}

}  // namespace

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  while (domain::count_code_points(text) > width) {
    const auto full = domain::truncate_code_points(text, width);
    const auto space = full.rfind(' ');
    const bool at_space = text[full.size()] == ' ' || (space != std::string_view::npos && space > 0);
    const auto length = text[full.size()] == ' ' ? full.size() : (at_space ? space : full.size());
    lines.emplace_back(text.substr(0, length));
    text.remove_prefix(length);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  }
  lines.emplace_back(text);
  return lines;
}

nlohmann::ordered_json make_slip(const settings::Bundle& settings, const SlipFacts& facts) {
  const auto& language = facts.content.language;
  const std::string title(label(Label::ticket, language));
  const auto lines = lines_of(settings, facts);
  const auto url = follow_up_url(settings, facts.code);

  auto paragraphs = letterhead(settings, language);
  paragraphs.insert(paragraphs.end(),
                    {"", title, entry(Label::your_code, language, facts.code.display()), ""});
  paragraphs.insert(paragraphs.end(), lines.begin(), lines.end());
  wire::ObjectWriter slip;
  slip.put("title", title)
      .put("chain", settings.chain)
      .put("store", settings.store.name)
      .put("code", facts.code.display())
      .put("lines", lines);
  if (!url.empty()) {
    slip.put("qr", url);
    const auto address = typed_address(settings, facts.code);
    if (!address.empty()) {
      paragraphs.insert(paragraphs.end(), {"", std::string(label(Label::follow_up, language)) + ":"});
      paragraphs.insert(paragraphs.end(), address.begin(), address.end());
    }
  }
  return slip.put("text", printable(paragraphs)).take();
}

}  // namespace ccms::plugin::app
