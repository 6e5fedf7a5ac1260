import { codeFromScan } from '../../shared/format/code';
import { navigate } from '../../shared/nav/hash';

/** Where a scanned or typed text leads: a slip to its ticket, anything else to a new one. */
export function openScanned(text: string): void {
  const code = codeFromScan(text);
  if (code) navigate(`/ticket/${code}`);
  else navigate('/add', new URLSearchParams({ scan: text }));
}
