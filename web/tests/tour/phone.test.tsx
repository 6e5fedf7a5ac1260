import { fireEvent, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { Phone } from '../../tour/Phone';
import { catalogues } from '../../tour/words';
import { show } from '../support';

it('offers its code to the till when its owner has come to collect, and not before', () => {
  const { unmount } = show(<Phone messages={[]} />, catalogues);
  expect(screen.queryByRole('button')).toBeNull();
  unmount();
  const onShowCode = vi.fn();
  show(<Phone messages={[]} onShowCode={onShowCode} />, catalogues);
  fireEvent.click(screen.getByRole('button', { name: 'Show the code at the till' }));
  expect(onShowCode).toHaveBeenCalledOnce();
});
