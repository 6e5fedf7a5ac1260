// A small invented chain: what the screens need to be developed and looked at without the real programs.
export const text = (en, de) => ({ en, de });
const named = (list) => list.map(([id, en, de]) => ({ id, label: text(en, de) }));

export const departments = [
  ['customer_care', 'Customer care', 'Kundenservice'], ['repairs', 'Repairs', 'Reparatur'], ['grocery', 'Fresh food', 'Frische'],
  ['electronics', 'Electronics', 'Elektronik'], ['logistics', 'Delivery', 'Lieferung'], ['hr', 'People', 'Personal'],
].map(([id, en, de]) => ({ id, name: text(en, de) }));
export const priorities = named([['low', 'Low', 'Niedrig'], ['medium', 'Medium', 'Mittel'], ['high', 'High', 'Hoch']]);
export const categories = named([
  ['defective', 'Defective product', 'Defektes Produkt'], ['spoiled', 'Spoiled food', 'Verdorbene Ware'],
  ['wrong_price', 'Wrong price', 'Falscher Preis'], ['missing_part', 'Part missing', 'Teil fehlt'],
  ['staff', 'Behaviour of staff', 'Verhalten des Personals'], ['delivery', 'Delivery', 'Lieferung'], ['other', 'Something else', 'Anderes'],
]);
export const states = [
  { id: 'open', type: 'open', label: text('Open', 'Offen') },
  { id: 'in_progress', type: 'in_progress', label: text('In progress', 'In Arbeit') },
  { id: 'ready', type: 'pending', ready_to_collect: true, label: text('Ready to collect', 'Abholbereit') },
  { id: 'closed', type: 'closed', label: text('Closed', 'Geschlossen') },
  { id: 'rejected', type: 'invalid', label: text('Rejected', 'Abgelehnt') },
];
export const resolutionCodes = named([['refunded', 'Refunded', 'Erstattet'], ['exchanged', 'Exchanged', 'Umgetauscht'], ['repaired', 'Repaired', 'Repariert'], ['explained', 'Explained', 'Erklärt']]);
export const rejectionReasons = named([['not_our_sale', 'Not sold by us', 'Nicht bei uns gekauft'], ['misuse', 'Misuse', 'Unsachgemäßer Gebrauch']]);
export const withdrawalReasons = named([['mistake', 'Entered by mistake', 'Irrtümlich erfasst'], ['customer', 'The customer asked for it', 'Wunsch des Kunden']]);
export const goodsConditions = named([['new', 'As new', 'Wie neu'], ['used', 'Used', 'Gebraucht'], ['damaged', 'Damaged', 'Beschädigt']]);
export const noProofReasons = named([['lost_receipt', 'Receipt lost', 'Bon verloren'], ['gift', 'It was a gift', 'Es war ein Geschenk'], ['no_purchase', 'Not about a purchase', 'Kein Einkauf']]);
export const outcomes = named([['refund', 'Refund', 'Erstattung'], ['exchange', 'Exchange', 'Umtausch'], ['repair', 'Repair', 'Reparatur'], ['apology', 'Apology', 'Entschuldigung'], ['information', 'Information', 'Auskunft'], ['other', 'Other', 'Anderes']]);
export const stores = [['S001', 'Kiel Holstenstraße'], ['S002', 'Lübeck Königpassage'], ['S003', 'Hamburg Altona'], ['S004', 'Bremen Domshof']].map(([id, name]) => ({ id, name, time_zone: 'Europe/Berlin' }));
export const clerks = [{ id: 'c17', name: 'Mia Brandt' }, { id: 'c21', name: 'Jonas Petersen' }, { id: 'c30', name: 'Aylin Demir' }];

export const customers = [
  { id: 'C1001', name: 'Anna Michaelsen', identifiers: [{ type: 'mobile', value: '+491701234567' }, { type: 'card', value: '7001000100010001' }] },
  { id: 'C1002', name: 'Peter Michaelsen', identifiers: [{ type: 'mobile', value: '+491701234567' }, { type: 'card', value: '7001000100010002' }] },
  { id: 'C1003', name: 'Carla Rossi', identifiers: [{ type: 'mobile', value: '+491709876543' }, { type: 'card', value: '7001000100010003' }] },
];
const eur = (amount) => ({ amount, currency: 'EUR' });
const line = (n, product_id, description, quantity, amount, more = {}) => ({ line: n, product_id, description, quantity, amount: eur(amount), ...more });
const sale = (id, customer, daysAgo, lines, store = 'S001') => ({
  id, type: 'sale', store, till: `${store}-T1`, at: new Date(Date.now() - daysAgo * 86_400_000).toISOString(), utc_offset_minutes: 60,
  ...(customer ? { customer_id: customer, customer: customers.find((c) => c.id === customer) } : {}),
  total: eur(lines.reduce((sum, l) => sum + l.amount.amount, 0)), lines,
});
export const transactions = [
  sale('R-20261119-0042', 'C1001', 2, [
    line(1, '4006381333931', 'Kettle 1.7 l stainless steel', '1', 3999, { serial: 'KS-88213' }), line(2, '4311501047163', 'Organic milk 3.8 % 1 l', '6', 834),
    line(3, '2200000001245', 'Gouda, medium aged', '0.412', 615), line(4, '4006381100015', 'LED bulb E27 8 W', '3', 1197)]),
  sale('R-20261102-0311', 'C1001', 19, [line(1, '4895205001234', 'Cordless drill 18 V', '1', 12900, { serial: 'BX-5521' })]),
  sale('R-20261120-0107', null, 1, [line(1, '5901234123457', 'Frying pan 28 cm', '1', 2499), line(2, '4012345678901', 'Dish brush', '2', 398)]),
  sale('R-20261030-0009', 'C1003', 22, [line(1, '8710103912345', 'Electric toothbrush', '1', 8990)]),
];
