import type { Dispatch } from 'react';
import type { Draft, DraftEvent } from './draft';

export interface StepProps {
  draft: Draft;
  dispatch: Dispatch<DraftEvent>;
  onBack: () => void;
}
