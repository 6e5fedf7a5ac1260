import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { pick, shared, translate, type Catalogues } from '../../shared/i18n/i18n';
import { catalogues as desk } from '../../console/words';
import { catalogues as till } from '../../till/words';
import { catalogues as tour } from '../../tour/words';

const screens: Record<string, Catalogues> = { shared, till, console: desk, tour };
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([found]) => found).sort();

function sources(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('\n');
}

describe.each(Object.entries(screens))('words of %s', (_name, catalogues) => {
  const keys = [...new Set(Object.values(catalogues).flatMap((words) => Object.keys(words)))];
  it.each(Object.keys(catalogues))('are complete in %s', (language) => {
    const words = catalogues[language] ?? {};
    expect(keys.filter((key) => !words[key]?.trim())).toEqual([]);
  });
  it('have the same blanks in every language', () => {
    const differing = keys.filter((key) => new Set(Object.values(catalogues).map((words) => placeholders(words[key] ?? '').join())).size > 1);
    expect(differing).toEqual([]);
  });
});

describe.each(['till', 'console', 'tour'])('keys used in %s', (app) => {
  it('exist', () => {
    const known = { ...shared.en, ...screens[app]?.en };
    const used = [...(sources(app) + sources('shared')).matchAll(/\bt\('([a-z_]+\.[a-z_.]+)'/g)].map(([, key]) => key ?? '');
    const shownHere = [...sources(app).matchAll(/\bt\('([a-z_]+\.[a-z_.]+)'/g)].map(([, key]) => key ?? '');
    expect(used.length).toBeGreaterThan(0);
    expect(shownHere.filter((key) => !(key in known))).toEqual([]);
  });
});

describe('texts', () => {
  it('are filled in, and one is one', () => {
    const words = { n: '{n} items', n_one: '1 item' };
    expect(translate(words, 'n', { n: 3 })).toBe('3 items');
    expect(translate(words, 'n', { n: 1 })).toBe('1 item');
    expect(translate(words, 'missing')).toBe('missing');
  });
  it('of the chain fall back to any language it has', () => {
    expect(pick({ en: 'Open', de: 'Offen' }, 'de')).toBe('Offen');
    expect(pick({ de: 'Offen' }, 'en')).toBe('Offen');
    expect(pick('Open', 'de')).toBe('Open');
  });
});
