// The one place that talks HTTP. Every refusal, of either server, becomes an ApiError with a Problem in it.
import type { Problem } from './types';

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problems: Problem[],
  ) {
    super(problems[0]?.message ?? `HTTP ${status}`);
    this.name = 'ApiError';
  }
  get code(): string {
    return this.problems[0]?.code ?? 'unknown';
  }
  /** The program could not be reached at all (as opposed to: it refused). */
  get unreachable(): boolean {
    return this.status === 0;
  }
}

export interface RequestOptions {
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface Answer<T> {
  data: T;
  headers: Headers;
}

/** Sends JSON, reads JSON. Throws ApiError; status 0 when nothing answered. An aborted request rejects as fetch does. */
export async function send<T>(method: string, url: string, options: RequestOptions = {}): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers,
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: options.signal,
      credentials: 'same-origin',
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, [{ code: 'unreachable', message: 'No connection' }]);
  }
  const text = await response.text();
  const data: unknown = parse(text);
  if (!response.ok) throw new ApiError(response.status, problemsOf(data, response.status));
  return { data: data as T, headers: response.headers };
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads problem+json ({code, detail, field, errors}) and the till's {"error": {code, message, field}} alike. */
export function problemsOf(data: unknown, status: number): Problem[] {
  const object = record(data);
  const error = record(object.error);
  const source = Object.keys(error).length > 0 ? error : object;
  const list = Array.isArray(source.errors) ? source.errors.map((item) => problemOf(record(item), status)) : [];
  return list.length > 0 ? list : [problemOf(source, status)];
}

function problemOf(source: Record<string, unknown>, status: number): Problem {
  const field = source.field;
  return {
    code: String(source.code ?? `http_${status}`),
    message: String(source.message ?? source.detail ?? source.title ?? `HTTP ${status}`),
    ...(typeof field === 'string' && field !== '' ? { field } : {}),
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
