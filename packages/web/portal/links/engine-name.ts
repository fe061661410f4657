/**
 * Names of search engines.
 * @module
 */

/** The names of search engines, which need no translation. */
export function engineName(engine: string): string {
  const names: Readonly<Record<string, string>> = {
    'google-search': 'Google',
    bing: 'Bing',
    duckduckgo: 'DuckDuckGo',
    yandex: 'Yandex',
  };
  return names[engine] ?? engine;
}
