import type { Language } from '../../views/languages/languages.ts'

/** `29 November 2026 at 02:08 UTC`. @param at epoch seconds @param timeZone IANA name; without one UTC */
export const instantIn = (at: number, timeZone = 'UTC', language: Language = 'en'): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  }).format(at * 1000)
