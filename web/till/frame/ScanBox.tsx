import { Button, TextInput } from '@mantine/core';
import { IconBarcode } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useWords } from '../words';

/** Where a receipt, a mobile number or a card is typed; scans arrive by themselves. */
export function ScanBox({ onText, busy }: { onText: (text: string) => void; busy?: boolean }) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    onText(text.trim());
    setText('');
  };
  return (
    <form className="scan-box" onSubmit={submit}>
      <TextInput
        size="xl" autoFocus label={t('scan.label')} description={t('scan.hint')} inputWrapperOrder={['label', 'input', 'description']}
        leftSection={<IconBarcode size={30} />} leftSectionWidth={56} autoComplete="off" spellCheck={false}
        value={text} onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button size="xl" type="submit" variant="light" loading={busy}>{t('scan.go')}</Button>
    </form>
  );
}
