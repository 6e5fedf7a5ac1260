import type { KeyboardEvent } from 'react';

const answerable = 'input:not([type=hidden]):not([type=checkbox]):not([disabled]), textarea:not([disabled])';

/**
 * Enter goes to the next thing that needs an answer: the next empty field that is required, else the next field; on
 * the last one it submits. In a long text Enter is a new line (Ctrl+Enter moves on).
 */
export function focusNext(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Enter' || event.defaultPrevented) return;
  const target = event.target;
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return;
  if (target instanceof HTMLTextAreaElement && !event.ctrlKey) return;
  if (target.getAttribute('aria-expanded') === 'true') return;
  const all = [...event.currentTarget.querySelectorAll<HTMLInputElement>(answerable)].filter(isVisible);
  const after = all.slice(all.indexOf(target as HTMLInputElement) + 1);
  const next = after.find((field) => field.required && field.value === '') ?? after[0];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function isVisible(element: HTMLElement): boolean {
  return element.closest('[hidden], [aria-hidden="true"]') === null;
}
