import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { ScanBurst } from '../../shared/scanner/burst';
import { scanEvent, useScanner } from '../../shared/scanner/useScanner';

describe('a burst of keys', () => {
  const type = (burst: ScanBurst, text: string, gapMs: number, from = 0) => {
    [...text].forEach((character, index) => burst.add(character, from + index * gapMs));
    return burst.end(from + text.length * gapMs);
  };
  it('is a scan when it is fast', () => expect(type(new ScanBurst(), 'R-2026-0042', 8)).toBe('R-2026-0042'));
  it('is a person when it is slow', () => expect(type(new ScanBurst(), 'R-2026-0042', 120)).toBeUndefined());
  it('is nothing when it is short', () => expect(type(new ScanBurst(), 'abc', 8)).toBeUndefined());
  it('starts over after a pause', () => {
    const burst = new ScanBurst();
    burst.add('x', 0);
    expect(type(burst, '4006381333931', 8, 500)).toBe('4006381333931');
  });
});

function Page({ onScan }: { onScan: (text: string) => void }) {
  const [text, setText] = useState('');
  useScanner(onScan);
  return (
    <>
      <input aria-label="name" value={text} onChange={(event) => setText(event.target.value)} />
      <input aria-label="serial" data-scan="keep" />
    </>
  );
}

/** A scanner at a field: keys go down, characters land in the field, Enter ends it. */
function scan(target: Element, text: string, at: number, gapMs = 5): boolean {
  const press = (key: string, time: number) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    Object.defineProperty(event, 'timeStamp', { value: time });
    return target.dispatchEvent(event);
  };
  [...text].forEach((character, index) => {
    press(character, at + index * gapMs);
    if (target instanceof HTMLInputElement) fireEvent.change(target, { target: { value: target.value + character } });
  });
  return press('Enter', at + text.length * gapMs);
}

describe('useScanner', () => {
  it('hears a scan wherever the focus is', () => {
    const onScan = vi.fn();
    render(<Page onScan={onScan} />);
    expect(scan(document.body, 'R-2026-0042', 1000)).toBe(false);
    expect(onScan).toHaveBeenCalledWith('R-2026-0042');
  });
  it('takes a scan out of the field it fell into, and leaves what was typed', () => {
    const onScan = vi.fn();
    render(<Page onScan={onScan} />);
    const field = screen.getByLabelText<HTMLInputElement>('name');
    fireEvent.change(field, { target: { value: 'Anna' } });
    scan(field, '4006381333931', 1000);
    expect(onScan).toHaveBeenCalledWith('4006381333931');
    expect(field.value).toBe('Anna');
  });
  it('leaves a scan where it is wanted, without submitting', () => {
    const onScan = vi.fn();
    render(<Page onScan={onScan} />);
    const field = screen.getByLabelText<HTMLInputElement>('serial');
    expect(scan(field, 'KS-88213', 1000)).toBe(false);
    expect(field.value).toBe('KS-88213');
    expect(onScan).not.toHaveBeenCalled();
  });
  it('leaves typing alone', () => {
    const onScan = vi.fn();
    render(<Page onScan={onScan} />);
    expect(scan(screen.getByLabelText('name'), 'Michaelsen', 1000, 150)).toBe(true);
    expect(onScan).not.toHaveBeenCalled();
  });
});

describe('a scanner that does not type', () => {
  it('is heard on the same path', () => {
    const onScan = vi.fn();
    const { unmount } = render(<Page onScan={onScan} />);
    window.dispatchEvent(new CustomEvent(scanEvent, { detail: 'R-2026-0042' }));
    expect(onScan).toHaveBeenCalledExactlyOnceWith('R-2026-0042');
    unmount();
    window.dispatchEvent(new CustomEvent(scanEvent, { detail: 'R-2026-0043' }));
    expect(onScan).toHaveBeenCalledTimes(1);
  });
});
