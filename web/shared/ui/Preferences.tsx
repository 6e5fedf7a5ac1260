import { Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import { useI18n } from '../i18n/i18n';

const names: Record<string, string> = { en: 'English', de: 'Deutsch' };

/** Menu entries for language and colours: each screen has them in its own menu. */
export function PreferenceItems({ languages }: { languages?: string[] }) {
  const { t, language, languages: known, setLanguage } = useI18n();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const offered = known.filter((tag) => !languages || languages.includes(tag));
  return (
    <>
      <Menu.Label>{t('common.language')}</Menu.Label>
      {offered.map((tag) => (
        <Menu.Item
          key={tag} leftSection={<IconLanguage size={18} />} onClick={() => setLanguage(tag)}
          rightSection={tag === language ? <IconCheck size={18} /> : undefined}
        >
          {names[tag] ?? tag}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item
        leftSection={scheme === 'dark' ? <IconSun size={18} /> : <IconMoon size={18} />}
        onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
      >
        {scheme === 'dark' ? t('common.light') : t('common.dark')}
      </Menu.Item>
    </>
  );
}
