/**
 * The words of the page that verifies, in the portal's languages. All of them are inside of the page: it has no network.
 * @module
 */

import { en as enFindings, type FindingWords } from '@reclaim/vault/package/finding-words';
import { ar as arFindings } from '@reclaim/vault/package/finding-words-ar';
import { es as esFindings } from '@reclaim/vault/package/finding-words-es';

/** The words of one language. */
export type VerifyWords = {
  readonly findings: FindingWords;
  readonly title: string;
  readonly lead: string;
  readonly package: string;
  readonly trust: string;
  readonly language: string;
  readonly checking: string;
  readonly progress: string;
  readonly unreadable: string;
  readonly good: string;
  readonly bad: string;
  readonly made: string;
  readonly to: string;
  readonly items: string;
  readonly digest: string;
  readonly fingerprint: string;
  readonly stamp: string;
  readonly trusted: string;
  /** Between two parts of one line, with its space. */
  readonly comma: string;
  readonly root: string;
  readonly damage: string;
  readonly warning: string;
  readonly note: string;
};

/** The languages, by their tags. */
export const WORDS = {
  en: {
    findings: enFindings,
    title: 'Check a package',
    lead: 'Choose the zip file. It is read on this device only; this page has no network.',
    package: 'The package (zip)',
    trust: 'Roots of timestamping authorities that you trust (PEM, optional)',
    language: 'Language',
    checking: 'Checking…',
    progress: 'Checking: {done} of {of} files',
    unreadable: 'This could not be read. Choose the zip file again, and roots in PEM.',
    good: 'It verifies: nothing was changed.',
    bad: 'It does not verify. Faults: {n}.',
    made: 'Made (UTC)',
    to: 'Handed over to',
    items: 'Items',
    digest: 'Manifest SHA-256',
    fingerprint: 'Key fingerprint',
    stamp: 'Stamp {at}',
    trusted: 'trusted',
    comma: ', ',
    root: 'root SHA-256',
    damage: 'Damage',
    warning: 'To know',
    note: 'Notes',
  },
  es: {
    findings: esFindings,
    title: 'Comprobar un paquete',
    lead: 'Elige el archivo zip. Solo se lee en este aparato; esta página no tiene red.',
    package: 'El paquete (zip)',
    trust: 'Raíces de autoridades de sellado en las que confías (PEM, opcional)',
    language: 'Idioma',
    checking: 'Comprobando…',
    progress: 'Comprobando: {done} de {of} ficheros',
    unreadable: 'No se pudo leer. Elige otra vez el archivo zip, y las raíces en PEM.',
    good: 'Está bien: no se cambió nada.',
    bad: 'No está bien. Fallos: {n}.',
    made: 'Hecho (UTC)',
    to: 'Entregado a',
    items: 'Elementos',
    digest: 'SHA-256 del manifiesto',
    fingerprint: 'Huella de la clave',
    stamp: 'Sello {at}',
    trusted: 'de confianza',
    comma: ', ',
    root: 'SHA-256 de la raíz',
    damage: 'Daños',
    warning: 'Conviene saber',
    note: 'Notas',
  },
  ar: {
    findings: arFindings,
    title: 'فحص حزمة',
    lead: 'اختر ملف zip. يُقرأ على هذا الجهاز فقط؛ ولا شبكة لهذه الصفحة.',
    package: 'الحزمة (zip)',
    trust: 'جذور جهات الختم التي تثق بها (PEM، اختياري)',
    language: 'اللغة',
    checking: 'جارٍ الفحص…',
    progress: 'جارٍ الفحص: {done} من {of} ملفات',
    unreadable: 'تعذّرت القراءة. اختر ملف zip مجددًا، والجذور بصيغة PEM.',
    good: 'سليمة: لم يتغيّر شيء.',
    bad: 'ليست سليمة. الأعطال: {n}.',
    made: 'صُنعت (UTC)',
    to: 'سُلّمت إلى',
    items: 'العناصر',
    digest: 'SHA-256 للبيان',
    fingerprint: 'بصمة المفتاح',
    stamp: 'ختم {at}',
    trusted: 'موثوق',
    comma: '، ',
    root: 'SHA-256 للجذر',
    damage: 'أضرار',
    warning: 'للعلم',
    note: 'ملاحظات',
  },
} as const satisfies Readonly<Record<string, VerifyWords>>;

/** One of them. */
export type VerifyLanguage = keyof typeof WORDS;

/** The first of the languages that somebody reads that the page has; English where it has none. */
export function languageOf(wanted: readonly string[]): VerifyLanguage {
  for (const tag of wanted) {
    const [name] = tag.toLowerCase().split('-');
    if (name !== undefined && name in WORDS) return name as VerifyLanguage;
  }
  return 'en';
}
