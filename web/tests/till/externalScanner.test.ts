import { afterEach, describe, expect, it, vi } from 'vitest';
import { scanInto, scanOf } from '../../till/externalScanner';

const around = { postMessage: vi.fn() } as unknown as Window;
const frameIn = (parent: Window) => vi.spyOn(window, 'parent', 'get').mockReturnValue(parent);
const message = (more: Partial<MessageEvent<unknown>> = {}) =>
  ({ source: around, origin: `http://${window.location.hostname}:8090`, data: { kind: 'ccms-scan', text: 'R-1001' }, ...more }) as MessageEvent<unknown>;

afterEach(() => vi.restoreAllMocks());

describe('a scan from outside', () => {
  it('is heard from the page around the till, on the same host', () => {
    frameIn(around);
    expect(scanOf(message())).toBe('R-1001');
  });
  it('is not heard when the till is not in a frame', () => {
    frameIn(window);
    expect(scanOf(message({ source: window }))).toBeUndefined();
  });
  it('is not heard from another window or another host', () => {
    frameIn(around);
    expect(scanOf(message({ source: window }))).toBeUndefined();
    expect(scanOf(message({ origin: 'https://elsewhere.example' }))).toBeUndefined();
    expect(scanOf(message({ origin: 'null' }))).toBeUndefined();
  });
  it.each([null, 'R-1001', { text: 'R-1001' }, { kind: 'ccms-scan' }, { kind: 'ccms-scan', text: 7 }, { kind: 'ccms-scan', text: '' }, { kind: 'ccms-scan', text: 'x'.repeat(201) }])(
    'is nothing else: %j', (data) => {
      frameIn(around);
      expect(scanOf(message({ data }))).toBeUndefined();
    });
  it('is told to the till alone', () => {
    scanInto(around, 'http://127.0.0.1:8091/#/unsent', 'R-1001');
    expect(around.postMessage).toHaveBeenCalledWith({ kind: 'ccms-scan', text: 'R-1001' }, 'http://127.0.0.1:8091');
  });
});
