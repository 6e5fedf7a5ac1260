import { IconCheck } from '@tabler/icons-react';
import type { TourState } from '../shared/api/types';
import { useWords } from './words';

/** Each step ticks itself when it has really happened; the next one stands out. */
export function StepLine({ steps }: { steps: TourState['steps'] }) {
  const { word } = useWords();
  const next = steps.findIndex((step) => !step.done);
  return (
    <ol className="step-line">
      {steps.map((step, index) => (
        <li key={step.id} className={step.done ? 'done' : index === next ? 'next' : undefined} aria-current={index === next ? 'step' : undefined}>
          <span>{step.done ? <IconCheck size={15} stroke={3} /> : index + 1}</span>
          {word(`step.${step.id}`, step.id)}
        </li>
      ))}
    </ol>
  );
}
