// A short name of a browser for a message: from a fixed list, because the header is whatever its sender likes.
import type { Language } from '../../views/languages/languages.ts'
import { mailLanguages } from './language.ts'

/** The first that matches counts: most browsers also claim to be those that are further down. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/\b(iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

/** `Firefox on Linux`, in other languages `Firefox, Linux`, or `unknown`. @param userAgent the header of the request */
export function browserName(userAgent: string | undefined, language: Language = 'en'): string {
  const named = (list: typeof browsers) => list.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1]
  const [browser, system] = [named(browsers), named(systems)]
  if (browser === undefined) return mailLanguages[language].words.unknownBrowser
  return system === undefined ? browser : `${browser}${language === 'en' ? ' on ' : ', '}${system}`
}
