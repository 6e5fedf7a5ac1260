import { Alert } from '@mantine/core';
import { IconFileOff, IconKeyboard, IconZoomQuestion } from '@tabler/icons-react';
import type { ReactNode } from 'react';
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
  return (
    <Page title={t('find.title')} aside={<Steps at="find" />} onBack={onBack}>
      <div className="find">
        {notice}
        {draft.missed && (
          <Alert color="yellow" icon={<IconZoomQuestion />} title={t('scan.nothing', { text: draft.missed })} role="status">
            {t('scan.nothing_hint')}
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
