#include "settings/sample-chain/generator/products.h"

#include <array>

namespace ccms::sample_chain {
namespace {

constexpr std::array kGroceries = {
    Product{"P1001", "Whole milk 1 l", "Vollmilch 1 l", Aisle::fresh, 129},
    Product{"P1002", "Natural yoghurt 500 g", "Naturjoghurt 500 g", Aisle::fresh, 149},
    Product{"P1003", "Gouda slices 200 g", "Gouda in Scheiben 200 g", Aisle::fresh, 249},
    Product{"P1004", "Chicken breast 400 g", "Hähnchenbrust 400 g", Aisle::fresh, 599},
    Product{"P1005", "Minced beef 500 g", "Rinderhackfleisch 500 g", Aisle::fresh, 649},
    Product{"P1006", "Smoked salmon 150 g", "Räucherlachs 150 g", Aisle::fresh, 549},
    Product{"P1007", "Strawberries 500 g", "Erdbeeren 500 g", Aisle::fresh, 399},
    Product{"P1008", "Avocado", "Avocado", Aisle::fresh, 139},
    Product{"P1009", "Baby spinach 200 g", "Babyspinat 200 g", Aisle::fresh, 199},
    Product{"P1010", "Rye bread 750 g", "Roggenbrot 750 g", Aisle::fresh, 279},
    Product{"P1011", "Free-range eggs, 10", "Freilandeier, 10 Stück", Aisle::fresh, 319},
    Product{"P1012", "Potato salad 400 g", "Kartoffelsalat 400 g", Aisle::fresh, 229},
    Product{"P2001", "Spaghetti 500 g", "Spaghetti 500 g", Aisle::pantry, 119},
    Product{"P2002", "Basmati rice 1 kg", "Basmatireis 1 kg", Aisle::pantry, 329},
    Product{"P2003", "Olive oil 750 ml", "Olivenöl 750 ml", Aisle::pantry, 999},
    Product{"P2004", "Ground coffee 500 g", "Röstkaffee 500 g", Aisle::pantry, 749},
    Product{"P2005", "Hazelnut chocolate 100 g", "Haselnussschokolade 100 g", Aisle::pantry, 159},
    Product{"P2006", "Mineral water, 6 bottles", "Mineralwasser, 6 Flaschen", Aisle::pantry, 294},
    Product{"P2007", "Orange juice 1 l", "Orangensaft 1 l", Aisle::pantry, 219},
    Product{"P2008", "Breakfast cereal 600 g", "Müsli 600 g", Aisle::pantry, 349},
    Product{"P2009", "Peeled tomatoes 400 g", "Geschälte Tomaten 400 g", Aisle::pantry, 99},
    Product{"P2010", "Flower honey 500 g", "Blütenhonig 500 g", Aisle::pantry, 489},
    Product{"P2011", "Baby food, carrot", "Babynahrung Karotte", Aisle::pantry, 109},
    Product{"P3001", "Washing powder 2 kg", "Waschpulver 2 kg", Aisle::household, 699},
    Product{"P3002", "Kitchen towels, 4 rolls", "Küchentücher, 4 Rollen", Aisle::household, 349},
    Product{"P3003", "Frying pan 28 cm", "Bratpfanne 28 cm", Aisle::household, 2499},
    Product{"P3004", "Umbrella", "Regenschirm", Aisle::household, 1299},
    Product{"P3005", "Desk lamp", "Schreibtischlampe", Aisle::household, 1999},
    Product{"P3006", "Toothbrush heads, 4", "Aufsteckbürsten, 4 Stück", Aisle::household, 1199},
    Product{"P3007", "Batteries AA, 8", "Batterien AA, 8 Stück", Aisle::household, 599},
};

constexpr std::array kElectronics = {
    Product{"P5001", "Kettle Aruna 1.7 l", "Wasserkocher Aruna 1,7 l", Aisle::electronics, 3499},
    Product{"P5002", "Coffee machine Baristo", "Kaffeevollautomat Baristo", Aisle::electronics, 44900},
    Product{"P5003", "Toaster Duo", "Toaster Duo", Aisle::electronics, 2999},
    Product{"P5004", "Hand blender Mixa", "Stabmixer Mixa", Aisle::electronics, 3999},
    Product{"P5005", "Vacuum cleaner Cyclo 700", "Staubsauger Cyclo 700", Aisle::electronics, 15900},
    Product{"P5006", "Robot vacuum Wander", "Saugroboter Wander", Aisle::electronics, 32900},
    Product{"P5007", "Washing machine Fjord 8 kg", "Waschmaschine Fjord 8 kg", Aisle::electronics, 59900},
    Product{"P5008", "Fridge Nordlicht 300", "Kühlschrank Nordlicht 300", Aisle::electronics, 64900},
    Product{"P5009", "Headphones Tono", "Kopfhörer Tono", Aisle::electronics, 7999},
    Product{"P5010", "Bluetooth speaker Kiesel", "Bluetooth-Lautsprecher Kiesel", Aisle::electronics, 4999},
    Product{"P5011", "Television Vista 55\"", "Fernseher Vista 55\"", Aisle::electronics, 69900},
    Product{"P5012", "Smartphone Alto 6", "Smartphone Alto 6", Aisle::electronics, 29900},
    Product{"P5013", "Tablet Tafel 10", "Tablet Tafel 10", Aisle::electronics, 24900},
    Product{"P5014", "Laptop Feder 14", "Laptop Feder 14", Aisle::electronics, 89900},
    Product{"P5015", "Printer Letra", "Drucker Letra", Aisle::electronics, 12900},
    Product{"P5016", "USB-C charger 65 W", "USB-C-Ladegerät 65 W", Aisle::electronics, 3999},
    Product{"P5017", "HDMI cable 2 m", "HDMI-Kabel 2 m", Aisle::electronics, 1299},
    Product{"P5018", "Electric shaver Lisso", "Rasierer Lisso", Aisle::electronics, 8999},
    Product{"P5019", "Hair dryer Brisa", "Haartrockner Brisa", Aisle::electronics, 4499},
    Product{"P5020", "Smart watch Puls", "Smartwatch Puls", Aisle::electronics, 17900},
};

}  // namespace

std::span<const Product> groceries() { return kGroceries; }
std::span<const Product> electronics() { return kElectronics; }

std::int64_t price_in(const Product& product, std::string_view currency) {
  const std::int64_t percent = currency == "GBP" ? 87 : currency == "USD" ? 112 : 100;
  if (percent == 100) return product.euro_cents;
  // Shelf prices end in a nine everywhere.
  return product.euro_cents * percent / 100 / 10 * 10 + 9;
}

}  // namespace ccms::sample_chain
