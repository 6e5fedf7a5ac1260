import { useQuery } from '@tanstack/react-query';
import { till } from '../shared/api/till';
import { useTill } from './useTill';
import { useWords } from './words';

/** A form for no purchase in particular: for its search filters and the chain's lists. */
export function useBlankForm() {
  const { language } = useWords();
  const { state } = useTill();
  return useQuery({
    queryKey: ['blank-form', language, state.status.settings_version],
    queryFn: () => till.form({ clerk: state.clerk, language }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
