import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../../shared/api/http';
import { till } from '../../shared/api/till';
import type { Problem, Ticket } from '../../shared/api/types';
import { useTill } from '../useTill';

/** Does something with a ticket, as the clerk who is at the till now. */
export function useAct(ticket: Ticket, onDone: () => void) {
  return useTillAct({ ticket_id: ticket.ticket_id }, onDone);
}

/** The same with whatever `target` names; nothing, when the act names an event itself. */
export function useTillAct(target: { ticket_id?: string }, onDone: () => void) {
  const { state } = useTill();
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: ({ action, body }: { action: string; body: Record<string, unknown> }) =>
      till.act({ action, ...target, clerk: { id: state.clerk.id, name: state.clerk.name }, ...body }),
    onSuccess: async () => {
      await Promise.all(['ticket', 'state', 'unsent', 'find'].map((key) => client.invalidateQueries({ queryKey: [key] })));
      onDone();
    },
  });
  const refused = act.error instanceof ApiError && !act.error.unreachable;
  return {
    act: (action: string, body: Record<string, unknown>) => act.mutate({ action, body }),
    busy: act.isPending,
    problems: refused ? (act.error as ApiError).problems : noProblems,
    failure: act.error && !refused ? act.error : undefined,
  };
}

const noProblems: Problem[] = [];
