// A short name of a browser for a message.
import { deviceOf } from '../../views/device.ts'
import type { Language } from '../../views/languages/languages.ts'
import { mailLanguages } from './language.ts'

/** `Firefox on Linux`, in other languages `Firefox, Linux`, or `unknown`. @param userAgent the header of the request */
export function browserName(userAgent: string | undefined, language: Language = 'en'): string {
  const { browser, system } = deviceOf(userAgent)
  if (browser === undefined) return mailLanguages[language].words.unknownBrowser
  return system === undefined ? browser : `${browser}${language === 'en' ? ' on ' : ', '}${system}`
}
