import { IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import type { Check, Ticket } from '../../shared/api/types';
import { useWords } from '../words';

const icons: Record<Check['outcome'], typeof IconCircleX> = { pass: IconCircleCheck, fail: IconCircleX, unknown: IconCircleDashed };

export function Verification({ ticket }: { ticket: Ticket }) {
  const { t } = useWords();
  const { verification } = ticket;
  if (!verification) return null;
  return (
    <section className="card">
      <h2>{t('verification.title')}: {t(`verification.${verification.state}`)}</h2>
      <ul className="checks">
        {verification.checks?.map((check) => {
          const Icon = icons[check.outcome] ?? IconCircleDashed;
          return (
            <li key={check.check} className={check.outcome}>
              <Icon size={18} aria-label={t(`check.${check.outcome}`)} />
              <span>{check.check.replaceAll('_', ' ')}</span>
              {check.detail && <span className="dim">{check.detail}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
