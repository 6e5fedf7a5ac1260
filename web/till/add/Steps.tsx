import { IconCheck } from '@tabler/icons-react';
import { useWords } from '../words';

const order = ['find', 'receipt', 'lines', 'form'] as const;

/** Where in the questions the clerk is. */
export function Steps({ at }: { at: (typeof order)[number] }) {
  const { t } = useWords();
  const current = order.indexOf(at);
  return (
    <ol className="steps">
      {order.map((name, index) => (
        <li key={name} aria-current={index === current ? 'step' : undefined} className={index < current ? 'done' : undefined}>
          <span>{index < current ? <IconCheck size={16} /> : index + 1}</span>
          {t(`step.${name}`)}
        </li>
      ))}
    </ol>
  );
}
