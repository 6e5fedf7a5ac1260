// Ticket codes: twelve Crockford base-32 symbols, shown 4-4-4. Look-alikes, case, spaces and dashes are forgiven.
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

/** The code in a scanned slip: the code itself, or the follow-up link in its QR. */
export function codeFromScan(text: string): string | undefined {
  const link = /^https?:\/\/.*\/t\/([^/?#]+)/i.exec(text.trim());
  if (link) return parseCode(decodeURIComponent(link[1] ?? ''));
  // A bare receipt number may well consist of the same symbols: only the printed 4-4-4 form is certain.
  return /^\w{4}-\w{4}-\w{4}$/.test(text.trim()) ? parseCode(text) : undefined;
}

/** The printed codes in a text. */
export function codesIn(text: string): string[] {
  return text.match(/\b\w{4}-\w{4}-\w{4}\b/g)?.filter((part) => parseCode(part) !== undefined) ?? [];
}
