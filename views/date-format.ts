// Dates in pages, as each language writes them.
import type { Language } from './languages/languages.ts'

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de', fr: 'fr', es: 'es', ja: 'ja' }

/**
 * A function that writes dates in UTC. The format of a language is made at its first use and kept: the first of a process costs 16 ms
 * and 8 MB (Node's locale data), each further one as much as a row of a table.
 */
export function dateFormat(
  options: Intl.DateTimeFormatOptions,
): (language: Language, at: Date | number) => string {
  const formats = new Map<Language, Intl.DateTimeFormat>()
  return (language, at) => {
    const format =
      formats.get(language) ?? new Intl.DateTimeFormat(locales[language], { ...options, timeZone: 'UTC' })
    formats.set(language, format)
    return format.format(at)
  }
}
