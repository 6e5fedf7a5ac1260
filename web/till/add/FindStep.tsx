import { Alert, Button } from '@mantine/core';
import { IconFileOff, IconKeyboard, IconTicket, IconZoomQuestion } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatCode, parseCode } from '../../shared/format/code';
import { hrefOf } from '../../shared/nav/hash';
import { Page } from '../frame/Page';
import { ScanBox } from '../frame/ScanBox';
import { useWords } from '../words';
import type { StepProps } from './step';
import { Steps } from './Steps';

export function FindStep({ draft, dispatch, onBack, onText, busy, notice }: StepProps & {
  onText: (text: string) => void;
  busy: boolean;
  notice?: ReactNode;
}) {
  const { t } = useWords();
  // Typed without its dashes a ticket's code looks like a receipt number: no receipt, so perhaps a ticket.
  const code = draft.missed && parseCode(draft.missed);
  return (
    <Page title={t('find.title')} aside={<Steps at="find" />} onBack={onBack}>
      <div className="find">
        {notice}
        {draft.missed && (
          <Alert color="yellow" icon={<IconZoomQuestion />} title={t('scan.nothing', { text: draft.missed })} role="status">
            {t('scan.nothing_hint')}
            {code && <Button className="open-ticket" component="a" variant="default" leftSection={<IconTicket size={22} />} href={hrefOf(`/ticket/${code}`)}>{t('scan.open_ticket', { code: formatCode(code) })}</Button>}
          </Alert>
        )}
        <ScanBox onText={onText} busy={busy} />
        <div className="tiles">
          <Choice icon={<IconKeyboard size={32} />} title={t('find.typed')} hint={t('find.typed_hint')} onClick={() => dispatch({ type: 'type_receipt' })} />
          <Choice icon={<IconFileOff size={32} />} title={t('find.none')} hint={t('find.none_hint')} onClick={() => dispatch({ type: 'no_receipt' })} />
        </div>
      </div>
    </Page>
  );
}

function Choice({ icon, title, hint, onClick }: { icon: ReactNode; title: string; hint: string; onClick: () => void }) {
  return (
    <button type="button" className="tile small" onClick={onClick}>
      {icon}
      <span><strong>{title}</strong><small>{hint}</small></span>
    </button>
  );
}
