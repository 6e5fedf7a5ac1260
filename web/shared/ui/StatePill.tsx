import type { ReactNode } from 'react';
import type { StateType, TicketState } from '../api/types';
import { useI18n } from '../i18n/i18n';

// Fixed hues per state type, never colour alone: the label is the chain's, the dot has a shape per type.
const hue: Record<StateType, string> = {
  new: 'blue', open: 'blue', in_progress: 'violet', pending: 'yellow', resolved: 'sage', closed: 'sage', invalid: 'gray',
};

export function StatePill({ state }: { state: TicketState }) {
  const { text, word } = useI18n();
  const color = hue[state.type] ?? 'gray';
  const label = text(state.label) || word(`status.${state.type}`, state.id);
  return <Pill color={color} shape={state.type} label={label} />;
}

/** Hues too light to be read in their own darkest shade. */
const darkInk: Record<string, string> = { yellow: '#7a4f00', orange: '#8a3b00' };

/** A small coloured word; `shape` is the style of its dot, an icon takes the dot's place. */
export function Pill({ color, shape = '', icon, label }: { color: string; shape?: string; icon?: ReactNode; label: string }) {
  return (
    <span
      className={`state-pill ${icon ? 'with-icon' : shape}`}
      style={{
        background: `light-dark(var(--mantine-color-${color}-1), color-mix(in srgb, var(--mantine-color-${color}-6) 24%, transparent))`,
        color: `light-dark(${darkInk[color] ?? `var(--mantine-color-${color}-9)`}, var(--mantine-color-${color}-2))`,
      }}
    >
      {icon}
      {label}
    </span>
  );
}
