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

/** Further messages, of pages that are loaded later. */
export type Catalogues = Readonly<Record<Exclude<Language, 'en'>, Catalogue>>

function open(language: Language, more?: Catalogues): Translate {
  if (language === 'en') return openTranslate(language, { messages: new Map(), known: new Map() })
  const { messages = [], known = new Map(), kinds = new Map() } = more?.[language] ?? {}
  // A map, so that a name such as `constructor` finds nothing.
  return openTranslate(language, {
    messages: new Map([...messages, ...Object.entries(catalogues[language])]),
    known,
    kinds,
  })
}

const opened: ReadonlyMap<Language, Translate> = new Map(
  languages.map((language) => [language, open(language)]),
)
const openedWith = new WeakMap<Catalogues, Map<Language, Translate>>()

/** The messages of a language. @param more besides those of sign-in and account */
export function translator(language: Language, more?: Catalogues): Translate {
  if (more === undefined) return opened.get(language) ?? open(language)
  const found = openedWith.get(more) ?? new Map<Language, Translate>()
  openedWith.set(more, found)
  const t = found.get(language) ?? open(language, more)
  found.set(language, t)
  return t
}

/** A value that depends on the language of the page. */
export type Localized<T> = T | ((t: Translate) => T)
