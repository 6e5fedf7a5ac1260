import { DateInput, type DateInputProps } from '@mantine/dates';
import 'dayjs/locale/de';
import 'dayjs/locale/en-gb';
import { dayOf, readDay } from '../format/day';
import { localeOf } from '../format/time';
import { useI18n } from '../i18n/i18n';

type Props = Omit<DateInputProps, 'value' | 'onChange' | 'valueFormat' | 'dateParser' | 'locale'> & {
  /** yyyy-mm-dd, or nothing. */
  value: string | undefined;
  onChange: (value: string | undefined) => void;
};

/** A day, from a calendar or typed, shown as every other date is. Where a day must be, an emptied field takes its day back. */
export function DateField({ value, onChange, ...props }: Props) {
  const { language } = useI18n();
  return (
    <DateInput
      allowDeselect={!props.required} {...props} value={value || null} locale={localeOf(language).toLowerCase()}
      valueFormat={(day) => dayOf(day, language)} dateParser={(text) => readDay(text, language) ?? null} onChange={(day) => onChange(day ?? undefined)}
    />
  );
}
