// Taking back what the server has refused: asked once more, with what would be lost in sight.
import { Button } from '@mantine/core';
import type { UnsentEvent } from '../../shared/api/types';
import { formatCode } from '../../shared/format/code';
import { ErrorNotice } from '../../shared/ui/notices';
import { Page } from '../frame/Page';
import { useTillAct } from '../ticket/useAct';
import { useTicket } from '../ticket/useTicket';
import { useWords } from '../words';

export function WithdrawEvent({ event, onDone }: { event: UnsentEvent; onDone: () => void }) {
  const { t, word } = useWords();
  const { act, busy, problems, failure } = useTillAct({}, onDone);
  const { ticket } = useTicket(event.code);
  const creates = event.type === 'created';
  return (
    <Page
      title={t(creates ? 'unsent.withdraw_ticket' : 'unsent.withdraw_event')} onBack={onDone}
      aside={<span className="dim code">{formatCode(event.code)}</span>}
      primary={
        <Button size="xl" color="red" loading={busy} onClick={() => act('withdraw', { event_id: event.event_id })}>
          {t('unsent.withdraw_confirm')}
        </Button>
      }
    >
      <div className="act">
        {failure ? <ErrorNotice error={failure} /> : null}
        {problems.map((problem) => <ErrorNotice key={problem.code} error={new Error(problem.message)} />)}
        <p>{t(creates ? 'unsent.withdraw_ticket_hint' : 'unsent.withdraw_event_hint')}</p>
        <dl className="taken-back">
          <dt>{word(`event.${event.type}`, event.type)}</dt>
          <dd className="matter">{ticket?.details ?? ticket?.ticket?.details}</dd>
          {event.problem && <><dt>{t('unsent.refused_because')}</dt><dd className="to-correct">{event.problem.message}</dd></>}
        </dl>
      </div>
    </Page>
  );
}
