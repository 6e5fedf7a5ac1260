// What the events about deadlines say, in words.
import type { HistoryEvent } from '../../shared/api/types';

type Data = Record<string, unknown>;
type List = 'departments' | 'priorities';

export interface Speech {
  /** The words for a key made of data, else the second. */
  word: (key: string, otherwise: string) => string;
  /** Fills a text of the catalogue. */
  say: (key: `deadline.${string}`, values: Record<string, string | number>) => string;
  /** The chain's name for an id. */
  name: (list: List, id: string | undefined) => string;
  /** A moment as the other dates of the ticket are shown. */
  time: (at: string) => string;
}

const stringOf = (data: Data, key: string) => (typeof data[key] === 'string' && data[key] !== '' ? data[key] : undefined);
const namesIn = (data: Data, key: string) => (Array.isArray(data[key]) ? data[key].filter((name) => typeof name === 'string') : []);

/** Undefined for every other event. */
export function deadlineEvent({ type, data = {} }: HistoryEvent, speech: Speech): string | undefined {
  switch (type) {
    case 'breached': return joined([...clockOf(data, speech), sayTime(data, 'breached_at', 'deadline.was_due', speech)]);
    case 'escalated': return lines([
      joined([...stepOf(data, speech), ...clockOf(data, speech), sayTime(data, 'due_at', 'deadline.step_due', speech)]),
      joined(toldOf(data, speech)),
      joined(changesOf(data, speech)),
    ]);
    case 'answer_by_confirmed':
    case 'answer_by_changed': {
      const reason = stringOf(data, 'reason');
      return joined([newDate(data, type === 'answer_by_changed', speech), reason && speech.word(`deadline.reason.${reason}`, reason)]);
    }
    default: return undefined;
  }
}

function joined(parts: (string | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}

function lines(parts: string[]): string {
  return parts.filter(Boolean).join('\n');
}

/** Ids are the chain's own; there is nothing better to call a turn-around time or a step by. */
function spaced(id: string | undefined): string | undefined {
  return id?.replaceAll('_', ' ');
}

function sayTime(data: Data, key: string, text: `deadline.${string}`, { say, time }: Speech): string | undefined {
  const at = stringOf(data, key);
  return at && say(text, { time: time(at) });
}

/** Which clock it was and whose, and in which round. */
function clockOf(data: Data, { word, say }: Speech): (string | undefined)[] {
  const clock = stringOf(data, 'clock');
  const role = stringOf(data, 'role');
  const whose = role ? word(`role.${role}`, role) : spaced(stringOf(data, 'tat'));
  const round = typeof data.round === 'number' ? data.round : 1;
  return [clock && word(`deadline.clock.${clock}`, clock) + (whose ? ` (${whose})` : ''), round > 1 ? say('deadline.round', { round }) : undefined];
}

function stepOf(data: Data, { say }: Speech): (string | undefined)[] {
  const step = spaced(stringOf(data, 'step'));
  return [step && say('deadline.step', { step })];
}

function changesOf(data: Data, { say, name }: Speech): (string | undefined)[] {
  const priority = stringOf(data, 'priority');
  const department = stringOf(data, 'department');
  const gone = [stringOf(data, 'no_such_priority'), stringOf(data, 'no_such_department')].filter(Boolean);
  return [
    priority && say('deadline.priority', { name: name('priorities', priority) }), department && say('deadline.department', { name: name('departments', department) }),
    gone.length > 0 ? say('deadline.gone', { ids: gone.join(', ') }) : undefined,
  ];
}

function toldOf(data: Data, { say, word }: Speech): (string | undefined)[] {
  const told = namesIn(data, 'told');
  const rolesIn = (key: 'nobody_in' | 'no_address') => {
    const roles = namesIn(data, key).map((role) => word(`role.${role}`, role));
    return roles.length > 0 ? say(`deadline.${key}`, { roles: roles.join(', ') }) : undefined;
  };
  return [told.length > 0 ? say('deadline.told', { names: told.join(', ') }) : word('deadline.told_nobody', ''), rolesIn('nobody_in'), rolesIn('no_address')];
}

function newDate(data: Data, isChange: boolean, { say, time }: Speech): string | undefined {
  const date = stringOf(data, 'answer_by');
  const before = stringOf(data, 'promised');
  if (!date) return undefined;
  return isChange && before ? say('deadline.instead', { time: time(date), before: time(before) }) : say('deadline.answer_by', { time: time(date) });
}
