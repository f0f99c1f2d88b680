// The languages of the pages.

export const languages = ['en', 'de', 'fr', 'es', 'ja'] as const
export type Language = (typeof languages)[number]

/** Their own names, for the choice of a language. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ja: '日本語',
}

/** @param tags language tags (RFC 5646), the most wanted first. The first that there is a catalogue for; undefined for none. */
export const firstLanguage = (tags: Iterable<string>): Language | undefined => {
  for (const tag of tags) {
    const primary = tag.toLowerCase().split('-')[0]
    const found = languages.find((language) => language === primary)
    if (found !== undefined) return found
  }
  return undefined
}
