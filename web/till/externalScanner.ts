// A scanner that is no keyboard: a page that shows this till in a frame, such as the tour, hands it what was scanned.
import { scanEvent } from '../shared/scanner/useScanner';

const kind = 'ccms-scan';
const longest = 200;

/** To the till in `frame`, and to no page of another origin. */
export function scanInto(frame: Window, till: string, text: string): void {
  frame.postMessage({ kind, text }, new URL(till).origin);
}

/** The scanned text, when the message is a scan by the page around this one, served by the same host. */
export function scanOf(event: MessageEvent<unknown>): string | undefined {
  const framed = window.parent !== window;
  if (!framed || event.source !== window.parent || hostOf(event.origin) !== window.location.hostname) return undefined;
  const { kind: given, text } = (event.data ?? {}) as { kind?: unknown; text?: unknown };
  return given === kind && typeof text === 'string' && text !== '' && text.length <= longest ? text : undefined;
}

/** From now on such scans go where those of the keyboard scanner go. */
export function hearExternalScans(): void {
  window.addEventListener('message', (event) => {
    const text = scanOf(event);
    if (text !== undefined) window.dispatchEvent(new CustomEvent(scanEvent, { detail: text }));
  });
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).hostname : undefined;
}
