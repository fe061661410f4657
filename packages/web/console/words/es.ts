import { en, type WordName } from './en.ts';
export const es: Readonly<Record<WordName, string>> = en;
