import { ActionIcon, Button } from '@mantine/core';
import { IconCheck, IconMinus, IconPlus } from '@tabler/icons-react';
import type { Line } from '../../shared/api/types';
import { formatMoney, isWhole, plainQuantity } from '../../shared/format/numbers';
import { Page } from '../frame/Page';
import { useWords } from '../words';
import { firstAffected } from './draft';
import type { StepProps } from './step';
import { Steps } from './Steps';

export function LinesStep({ draft, dispatch, onBack }: StepProps) {
  const { t } = useWords();
  const { affected } = draft;
  const chosen = Object.keys(affected).length;
  const set = (line: number, quantity: string | undefined) => {
    const { [line]: _old, ...others } = affected;
    dispatch({ type: 'affected', affected: quantity === undefined ? others : { ...others, [line]: quantity } });
  };
  return (
    <Page
      title={t('lines.title')} aside={<Steps at="lines" />} onBack={onBack}
      primary={
        <Button size="xl" autoFocus onClick={() => dispatch({ type: 'lines_done' })}>
          {chosen > 0 ? t('lines.next', { n: chosen }) : t('lines.whole')}
        </Button>
      }
    >
      <p className="dim">{t('lines.hint')}</p>
      <div className="lines">
        {draft.transaction?.lines.map((line) => (
          <LineCard key={line.line} line={line} affected={affected[line.line]} onChange={(quantity) => set(line.line, quantity)} />
        ))}
      </div>
    </Page>
  );
}

function LineCard({ line, affected, onChange }: { line: Line; affected?: string; onChange: (quantity?: string) => void }) {
  const { t, language } = useWords();
  const bought = plainQuantity(line.quantity);
  const chosen = affected !== undefined;
  const several = isWhole(line.quantity) && Number(bought) > 1;
  const step = (by: number) => onChange(String(Math.min(Number(bought), Math.max(1, Number(affected) + by))));
  return (
    <div className={chosen ? 'line chosen' : 'line'}>
      <button type="button" aria-pressed={chosen} onClick={() => onChange(chosen ? undefined : firstAffected(line.quantity))}>
        <span className="tick">{chosen && <IconCheck size={22} stroke={3} />}</span>
        <span className="what">
          <strong>{line.description}</strong>
          <span className="dim tabular">{[line.product_id, line.serial].filter(Boolean).join(' · ')}</span>
        </span>
        <span className="tabular">{bought} ×</span>
        <b className="tabular">{formatMoney(line.amount, language)}</b>
      </button>
      {chosen && several && (
        <div className="stepper">
          <span>{t('lines.affected')}</span>
          <ActionIcon variant="default" aria-label={t('lines.fewer')} disabled={affected === '1'} onClick={() => step(-1)}><IconMinus /></ActionIcon>
          <b className="tabular">{affected}</b>
          <ActionIcon variant="default" aria-label={t('lines.more')} disabled={affected === bought} onClick={() => step(1)}><IconPlus /></ActionIcon>
          <span className="dim">{t('lines.of', { n: bought })}</span>
        </div>
      )}
    </div>
  );
}
