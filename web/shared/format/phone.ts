// Telephone numbers, for people to read and dial.
const longCodes = /^(?:21|22|23|24|25|26|29|35|37|38|42|50|59|67|68|69|80|85|87|88|96|97|99)/;

function lengthOfCountryCode(digits: string): number {
  if (/^[17]/.test(digits)) return 1;
  return longCodes.test(digits) ? 3 : 2;
}

/** How many digits of a number within its country stand together before the rest. */
function lengthOfArea(country: string, number: string): number {
  return country === '49' && number.startsWith('15') ? 4 : 3;
}

/** "+49 170 1234567", however it was typed. A number without its country stays as it is: the screens do not know which it is. */
export function formatPhone(text: string): string {
  const plain = text.replace(/\(0\)/g, '').replace(/[\s()/.-]/g, '').replace(/^00/, '+');
  if (!/^\+\d{8,15}$/.test(plain)) return text;
  const digits = plain.slice(1);
  const country = digits.slice(0, lengthOfCountryCode(digits));
  const number = digits.slice(country.length);
  const area = lengthOfArea(country, number);
  return `+${country} ${number.slice(0, area)} ${number.slice(area)}`;
}
