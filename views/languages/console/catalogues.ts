// The messages of the console, besides those of sign-in and account. A language is loaded when somebody first reads the console in it:
// all of them take 72 MB of memory and 135 ms of processor time, German alone 26 MB and 31 ms.
import type { Translate } from '../../html.ts'
import { translator, translatorWith } from '../../language.ts'
import type { Catalogue } from '../../translate.ts'
import type { Language } from '../languages.ts'
import type { german, knownGerman } from './de.ts'
import { engineKinds } from './engine/kinds.ts'

type Messages = Readonly<Record<keyof typeof german, string>>
type Known = Readonly<Record<keyof typeof knownGerman, string>>

const catalogueOf = (messages: Messages, known: Known): Catalogue => ({
  messages: new Map(Object.entries(messages)),
  known: new Map(Object.entries(known)),
  kinds: engineKinds,
})

const loaders: Readonly<Record<Exclude<Language, 'en'>, () => Promise<Catalogue>>> = {
  async de() {
    const { german, knownGerman } = await import('./de.ts')
    return catalogueOf(german, knownGerman)
  },
  async es() {
    const { spanish, knownSpanish } = await import('./es.ts')
    return catalogueOf(spanish, knownSpanish)
  },
  async fr() {
    const { french, knownFrench } = await import('./fr.ts')
    return catalogueOf(french, knownFrench)
  },
  async ja() {
    const { japanese, knownJapanese } = await import('./ja.ts')
    return catalogueOf(japanese, knownJapanese)
  },
}

/** Loads the messages of a language. */
export const consoleCatalogue = (language: Exclude<Language, 'en'>): Promise<Catalogue> => loaders[language]()

const opened = new Map<Language, Promise<Translate>>()

/** The messages of the console in a language, loaded once. */
export function consoleTranslator(language: Language): Promise<Translate> {
  const found = opened.get(language) ?? open(language)
  opened.set(language, found)
  return found
}

const open = async (language: Language): Promise<Translate> =>
  language === 'en' ? translator(language) : translatorWith(language, await consoleCatalogue(language))
