// Languages of the pages. The English text is the name of a message; each catalogue translates all of them, which the compiler
// and test/views/languages.test.ts check. `{name}` in a message is replaced by a value, which may be markup.
import { dateFormat } from './date-format.ts'
import { type Fragment, fill, type Html, html } from './html.ts'
import { german } from './languages/de.ts'
import { spanish } from './languages/es.ts'
import { french } from './languages/fr.ts'
import { japanese } from './languages/ja.ts'
import type { Message } from './languages/message.ts'

export const languages = ['en', 'de', 'fr', 'es', 'ja'] as const
export type Language = (typeof languages)[number]

/** Their own names, for the choice at the foot of each page. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ja: '日本語',
}

const catalogues: Readonly<Record<Exclude<Language, 'en'>, Readonly<Record<Message, string>>>> = {
  de: german,
  fr: french,
  es: spanish,
  ja: japanese,
}
/** By text, so that a name such as `constructor` finds nothing. */
const byText: ReadonlyMap<Language, ReadonlyMap<string, string>> = new Map(
  languages.map((language) => [
    language,
    new Map(language === 'en' ? [] : Object.entries(catalogues[language])),
  ]),
)

/** Renders messages in one language. */
export interface Translate {
  readonly language: Language
  (message: Message, values?: Readonly<Record<string, Fragment>>): Html
  /**
   * A text that may be a message, such as the reason why a form was refused; a number in it is the `{count}` of the message. Any
   * other text is shown as it is.
   */
  known(text: string): Html
  /** Epoch seconds as date and time in UTC; the `datetime` attribute has the exact time. */
  date(seconds: number): Html
}

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de', fr: 'fr', es: 'es', ja: 'ja' }

function open(language: Language): Translate {
  const messages = byText.get(language)
  const dateAndTime = dateFormat(locales[language], {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  })
  const translate = (message: string, values: Readonly<Record<string, Fragment>> = {}): Html =>
    fill(messages?.get(message) ?? message, values)
  return Object.assign(translate, {
    language,
    known(text: string): Html {
      if (messages?.has(text)) return translate(text)
      const [count] = /\d+/.exec(text) ?? []
      const counted = text.replace(/\d+/, '{count}')
      return count !== undefined && messages?.has(counted) ? translate(counted, { count }) : html`${text}`
    },
    date(seconds: number): Html {
      const at = new Date(seconds * 1000)
      return html`<time datetime="${at.toISOString()}">${dateAndTime(at)} UTC</time>`
    },
  })
}

const opened: ReadonlyMap<Language, Translate> = new Map(
  languages.map((language) => [language, open(language)]),
)

/** The messages of a language. */
export const translator = (language: Language): Translate => opened.get(language) ?? open(language)

/** A value that depends on the language of the page. */
export type Localized<T> = T | ((t: Translate) => T)

/** @param tags language tags (RFC 5646), the most wanted first. The first that there is a catalogue for; English for none. */
export const firstLanguage = (tags: Iterable<string>): Language | undefined => {
  for (const tag of tags) {
    const primary = tag.toLowerCase().split('-')[0]
    const found = languages.find((language) => language === primary)
    if (found !== undefined) return found
  }
  return undefined
}
