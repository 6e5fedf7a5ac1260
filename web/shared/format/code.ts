// Ticket codes: twelve Crockford base-32 symbols, shown 4-4-4. Look-alikes, case, spaces and dashes are forgiven.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const symbols = /^[0-9A-HJKMNP-TV-Z]{12}$/;

/** The twelve symbols, or undefined when the text cannot be a code. The check symbol is left to the server. */
export function parseCode(text: string): string | undefined {
  const plain = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return symbols.test(plain) ? plain : undefined;
}

/** 4-4-4 for people; a text that is no code is shown as it is. */
export function formatCode(code: string): string {
  const plain = parseCode(code);
  return plain ? `${plain.slice(0, 4)}-${plain.slice(4, 8)}-${plain.slice(8)}` : code;
}

/** In GF(32), reduced by x^5 + x^2 + 1. */
const timesX = (value: number) => ((value << 1) ^ (value & 16 ? 0b100101 : 0)) & 31;

/** Whether the last symbol of a code checks the others: as a polynomial the code is zero at x. */
function checkHolds(code: string): boolean {
  return [...code].reduceRight((sum, symbol) => timesX(sum) ^ alphabet.indexOf(symbol), 0) === 0;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** The code in a link, wherever the chain's follow-up address has it. A word of twelve letters lacks the check symbol. */
function codeInLink(link: URL): string | undefined {
  const parts = [...link.pathname.split('/').map(decoded), ...link.searchParams.values(), ...link.hash.split(/[#/?&=]/).map(decoded)];
  return parts.map(parseCode).find((code) => code !== undefined && checkHolds(code));
}

/** The code in a scanned slip: the code itself, or the follow-up link in its QR. */
export function codeFromScan(text: string): string | undefined {
  const plain = text.trim();
  if (/^https?:\/\//i.test(plain)) return URL.canParse(plain) ? codeInLink(new URL(plain)) : undefined;
  // A bare receipt number may well consist of the same symbols: only the printed 4-4-4 form is certain.
  return /^\w{4}-\w{4}-\w{4}$/.test(plain) ? parseCode(plain) : undefined;
}

/** The printed codes in a text. */
export function codesIn(text: string): string[] {
  return text.match(/\b\w{4}-\w{4}-\w{4}\b/g)?.filter((part) => parseCode(part) !== undefined) ?? [];
}
