import { useEffect, useRef } from 'react';
import { ScanBurst, type BurstOptions } from './burst';

/** Dispatched at the window, with the text as its detail, by scanners that do not type. */
export const scanEvent = 'ccms:scan';

type Field = HTMLInputElement | HTMLTextAreaElement;

function fieldOf(target: EventTarget | null): Field | undefined {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : undefined;
}

/** Puts a value into a field that React controls, as if it had been typed. */
function restore(field: Field, value: string): void {
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/**
 * Calls `onScan` for each scan, wherever the focus is. A scan that fell into a text field is taken out of it again,
 * unless the field asks for scans itself with data-scan="keep" (a serial number): there it stays, and Enter does nothing.
 */
export function useScanner(onScan: (text: string) => void, options?: BurstOptions): void {
  const handler = useRef(onScan);
  useEffect(() => {
    handler.current = onScan;
  });
  useEffect(() => {
    const burst = new ScanBurst(options);
    let before: { field: Field; value: string } | undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const at = event.timeStamp;
      if (event.key === 'Enter' || event.key === 'Tab') {
        const text = burst.end(at);
        if (text === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        const field = fieldOf(event.target);
        if (field?.dataset.scan === 'keep') return;
        if (before && field === before.field) restore(before.field, before.value);
        handler.current(text);
      } else if (event.key.length === 1) {
        if (burst.startsAt(at)) {
          const field = fieldOf(event.target);
          before = field ? { field, value: field.value } : undefined;
        }
        burst.add(event.key, at);
      }
    };
    const onScanned = (event: Event) => handler.current((event as CustomEvent<string>).detail);
    // Capture: before any field or button of the page sees the key.
    window.addEventListener('keydown', onKey, true);
    window.addEventListener(scanEvent, onScanned);
    return () => {
      window.removeEventListener('keydown', onKey, true);
      window.removeEventListener(scanEvent, onScanned);
    };
  }, [options]);
}
