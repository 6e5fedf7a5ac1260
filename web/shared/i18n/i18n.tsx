// Words of the screens. Each screen gives its catalogues; the chain's own labels come from settings as Text.
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import type { Text } from '../api/types';
import { de } from './de';
import { en } from './en';

export type Catalogue = Record<string, string>;
export type Catalogues = Record<string, Catalogue>;
export type SharedKey = keyof typeof en;
type Values = Record<string, string | number>;

/** The words every screen has in common. */
export const shared: Catalogues = { en, de };

/** Fills {name} in a text; with n = 1 the form `key_one` is used where there is one. A missing key shows itself. */
export function translate(catalogue: Catalogue, key: string, values: Values = {}): string {
  const text = (values.n === 1 ? catalogue[`${key}_one`] : undefined) ?? catalogue[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The text in the language, else in any: a chain may not have translated everything. */
export function pick(text: Text | undefined, language: string): string {
  if (text === undefined || text === null) return '';
  if (typeof text === 'string') return text;
  return text[language] ?? Object.values(text)[0] ?? '';
}

interface I18n {
  language: string;
  languages: string[];
  setLanguage: (language: string) => void;
  catalogue: Catalogue;
}

const Context = createContext<I18n>({ language: 'en', languages: ['en'], setLanguage: () => {}, catalogue: en });
const storageKey = 'ccms.language';

function firstLanguage(languages: string[]): string {
  const wanted = [localStorage.getItem(storageKey), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return wanted.find((language): language is string => language !== null && languages.includes(language)) ?? 'en';
}

export function I18nProvider({ catalogues, children }: { catalogues: Catalogues; children: ReactNode }) {
  const languages = useMemo(() => Object.keys(catalogues), [catalogues]);
  const [language, setState] = useState(() => firstLanguage(languages));
  const value = useMemo<I18n>(() => {
    document.documentElement.lang = language;
    return {
      language,
      languages,
      setLanguage: (next) => {
        localStorage.setItem(storageKey, next);
        setState(next);
      },
      catalogue: { ...shared[language], ...catalogues[language] },
    };
  }, [catalogues, language, languages]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/** t() for the screen's keys and the shared ones, pick() for the chain's labels. */
export function useI18n<Key extends string = never>() {
  const { catalogue, language, languages, setLanguage } = useContext(Context);
  return useMemo(
    () => ({
      language,
      languages,
      setLanguage,
      t: (key: Key | SharedKey, values?: Values) => translate(catalogue, key, values),
      /** The same for keys made of data, such as `event.${type}`: the data's own word when there is none. */
      word: (key: string, otherwise: string) => catalogue[key] ?? otherwise,
      text: (text: Text | undefined) => pick(text, language),
    }),
    [catalogue, language, languages, setLanguage],
  );
}
