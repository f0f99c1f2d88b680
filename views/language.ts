// The messages of the pages in each language. The English text is the name of a message; each catalogue translates all of them,
// which the compiler and test/views/languages.test.ts check. `{name}` in a message is replaced by a value, which may be markup.
import type { Translate } from './html.ts'
import { german } from './languages/de.ts'
import { spanish } from './languages/es.ts'
import { french } from './languages/fr.ts'
import { japanese } from './languages/ja.ts'
import { type Language, languages } from './languages/languages.ts'
import type { Message } from './languages/message.ts'
import { type Catalogue, openTranslate } from './translate.ts'

/** The messages of sign-in and account. */
const catalogues: Readonly<Record<Exclude<Language, 'en'>, Readonly<Record<Message, string>>>> = {
  de: german,
  fr: french,
  es: spanish,
  ja: japanese,
}

const english = openTranslate('en', { messages: new Map(), known: new Map() })

/** The messages of a language with further ones, of pages that are loaded later. */
export const translatorWith = (language: Exclude<Language, 'en'>, more: Catalogue): Translate =>
  // A map, so that a name such as `constructor` finds nothing.
  openTranslate(language, {
    ...more,
    messages: new Map([...more.messages, ...Object.entries(catalogues[language])]),
  })

/** Messages of requests that cannot be read, with values that are no numbers. */
const templates = [
  'The parameter {name} stands twice.',
  'The request body must be {type}.',
] as const satisfies readonly Message[]

const catalogueOf = (language: Exclude<Language, 'en'>): Catalogue => ({
  messages: new Map(),
  known: new Map(templates.map((template) => [template, catalogues[language][template]])),
})

const opened: ReadonlyMap<Language, Translate> = new Map(
  languages.map((language) => [
    language,
    language === 'en' ? english : translatorWith(language, catalogueOf(language)),
  ]),
)

/** The messages of sign-in and account in a language. */
export const translator = (language: Language): Translate => opened.get(language) ?? english

/** A value that depends on the language of the page. */
export type Localized<T> = T | ((t: Translate) => T)
