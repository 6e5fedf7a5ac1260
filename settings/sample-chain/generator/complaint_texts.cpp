#include "settings/sample-chain/generator/complaint_texts.h"

#include <array>
#include <stdexcept>
#include <vector>

namespace ccms::sample_chain {
namespace {

struct Phrase {
  std::string_view about;  ///< category, kDefectiveHousehold or action
  std::string_view english;
  std::string_view german;
};

/// Without a plug: an umbrella does not switch itself off.
constexpr std::string_view kDefectiveHousehold = "defective household";

constexpr std::array kComplaints = {
    Phrase{"defective", "{} stopped working after two days. No light, no sound.",
           "{} geht nach zwei Tagen nicht mehr. Kein Licht, kein Ton."},
    Phrase{"defective", "{} was broken when the box was opened.", "{} war beim Auspacken schon defekt."},
    Phrase{"defective", "{} switches itself off after a few minutes and smells burnt.",
           "{} schaltet sich nach wenigen Minuten ab und riecht verbrannt."},
    Phrase{"defective", "A part of {} came off on first use.",
           "Bei {} ist beim ersten Gebrauch ein Teil abgebrochen."},
    Phrase{"defective", "{} only works when the cable is held at an angle.",
           "{} funktioniert nur, wenn man das Kabel schräg hält."},
    Phrase{kDefectiveHousehold, "{} was damaged when it was opened at home.",
           "{} war beim Öffnen zu Hause beschädigt."},
    Phrase{kDefectiveHousehold, "{} could not be used any more after two days.",
           "{} war nach zwei Tagen nicht mehr zu gebrauchen."},
    Phrase{kDefectiveHousehold, "{} does not do what the package says.",
           "{} hält nicht, was die Packung verspricht."},
    Phrase{"spoiled_food", "{} was mouldy although the date is next week.",
           "{} war verschimmelt, obwohl das Datum erst nächste Woche ist."},
    Phrase{"spoiled_food", "{} smelt sour when opened at home.", "{} roch beim Öffnen zu Hause säuerlich."},
    Phrase{"spoiled_food", "There was a piece of plastic in {}.", "In {} war ein Stück Plastik."},
    Phrase{"spoiled_food", "The packaging of {} was open and the contents were warm.",
           "Die Verpackung von {} war offen, der Inhalt warm."},
    Phrase{"wrong_price", "{} was on offer at the shelf but the till charged the full price.",
           "{} war am Regal im Angebot, an der Kasse wurde der volle Preis berechnet."},
    Phrase{"wrong_price", "{} was scanned twice.", "{} wurde zweimal eingescannt."},
    Phrase{"wrong_price", "The label at the shelf for {} showed another price than the receipt.",
           "Das Preisschild am Regal für {} zeigte einen anderen Preis als der Bon."},
    Phrase{"missing_item", "{} is on the receipt but was not in the bag.",
           "{} steht auf dem Bon, war aber nicht in der Tüte."},
    Phrase{"missing_item", "The box of {} was incomplete, the accessories are missing.",
           "Die Packung von {} war unvollständig, das Zubehör fehlt."},
    Phrase{"delivery", "{} was delivered a day late, and nobody rang the bell.",
           "{} kam einen Tag zu spät, und niemand hat geklingelt."},
    Phrase{"delivery", "{} arrived with a dented box.", "{} kam mit eingedrückter Verpackung an."},
    Phrase{"delivery", "The driver left {} in the rain in front of the house.",
           "Der Fahrer hat {} im Regen vor dem Haus abgestellt."},
    Phrase{"staff_behaviour", "The customer was spoken to rudely at the checkout.",
           "Die Kundin wurde an der Kasse unfreundlich angesprochen."},
    Phrase{"staff_behaviour", "Asked for help three times at the counter and was ignored.",
           "Hat dreimal am Tresen um Hilfe gebeten und wurde ignoriert."},
    Phrase{"loyalty_points", "The points of the last two purchases are not on the card.",
           "Die Punkte der letzten beiden Einkäufe fehlen auf der Karte."},
    Phrase{"loyalty_points", "The birthday voucher was refused at the till.",
           "Der Geburtstagsgutschein wurde an der Kasse nicht angenommen."},
    Phrase{"store_condition", "The entrance floor was wet and there was no sign.",
           "Der Boden am Eingang war nass, ein Schild fehlte."},
    Phrase{"store_condition", "Only one checkout was open, twenty minutes in the queue.",
           "Nur eine Kasse offen, zwanzig Minuten Schlange."},
    Phrase{"store_condition", "The lift has been out of order for a week.",
           "Der Aufzug ist seit einer Woche kaputt."},
    Phrase{"assortment", "Would like more lactose-free products.",
           "Wünscht sich mehr laktosefreie Produkte."},
    Phrase{"assortment", "Please bring back the rye rolls.",
           "Bitte die Roggenbrötchen wieder ins Sortiment nehmen."},
    Phrase{"assortment", "A refill station for detergents would be good.",
           "Eine Nachfüllstation für Waschmittel wäre gut."},
    Phrase{"other", "The umbrella left at the counter on Tuesday was not found.",
           "Der am Dienstag vergessene Schirm wurde nicht gefunden."},
    Phrase{"other", "Was promised a call back and never got one.",
           "Ein Rückruf war versprochen und kam nicht."},
};

constexpr std::array kAfterthoughts = {
    Phrase{"", "It is the second time this has happened.", "Das ist schon das zweite Mal."},
    Phrase{"", "The customer was calm and has photos.", "Der Kunde war freundlich und hat Fotos."},
    Phrase{"", "Would like to hear from us this week.", "Bittet um Antwort noch diese Woche."},
    Phrase{"", "Has been a customer for over ten years.", "Kauft seit über zehn Jahren bei uns."},
    Phrase{"", "Needs a solution before the holidays.", "Braucht eine Lösung vor den Feiertagen."},
};

constexpr std::array kNotes = {
    Phrase{"verify", "Receipt and goods seen.", "Bon und Ware liegen vor."},
    Phrase{"verify", "Checked with the store by phone.", "Telefonisch mit der Filiale geklärt."},
    Phrase{"reject", "The receipt is from another chain.", "Der Bon ist von einer anderen Kette."},
    Phrase{"reject", "Damage was caused by a fall, see photos.", "Schaden durch Sturz, siehe Fotos."},
    Phrase{"close", "Customer is content.", "Kunde ist zufrieden."},
    Phrase{"close", "Settled on the phone, apologised.", "Telefonisch geklärt und entschuldigt."},
    Phrase{"close", "Passed on to the supplier, customer compensated.",
           "An den Lieferanten weitergegeben, Kunde entschädigt."},
    Phrase{"reopen", "The same fault came back.", "Der Fehler ist wieder aufgetreten."},
    Phrase{"reopen", "The refund has not arrived.", "Die Erstattung ist nicht angekommen."},
};

template <class Phrases>
std::string_view choose(const Phrases& phrases, std::string_view about, std::string_view language,
                        Random& random) {
  std::vector<const Phrase*> fitting;
  for (const Phrase& phrase : phrases) {
    if (phrase.about == about) fitting.push_back(&phrase);
  }
  if (fitting.empty()) throw std::logic_error("nothing to say about " + std::string(about));
  const Phrase& phrase = *random.pick(fitting);
  return language == "de" ? phrase.german : phrase.english;
}

}  // namespace

std::string complaint_text(std::string_view category, const Product& product, std::string_view language,
                           Random& random) {
  const bool household = category == "defective" && product.aisle == Aisle::household;
  std::string text(choose(kComplaints, household ? kDefectiveHousehold : category, language, random));
  if (const std::size_t gap = text.find("{}"); gap != std::string::npos)
    text.replace(gap, 2, product.name_in(language));
  if (random.chance(40)) text += " " + std::string(choose(kAfterthoughts, "", language, random));
  return text;
}

std::string staff_note(std::string_view action, std::string_view language, Random& random) {
  return std::string(choose(kNotes, action, language, random));
}

}  // namespace ccms::sample_chain
