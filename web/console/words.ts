import { useI18n, type Catalogues } from '../shared/i18n/i18n';
import { de } from './i18n/de';
import { en } from './i18n/en';

export const catalogues: Catalogues = { en, de };
export const useWords = () => useI18n<keyof typeof en>();
export type Word = keyof typeof en;
