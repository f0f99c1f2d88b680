// The messages of the console in every language, besides those of sign-in and account.
import type { Catalogues } from '../../language.ts'
import { german, knownGerman } from './de.ts'
import { engineKinds } from './engine/kinds.ts'
import { knownSpanish, spanish } from './es.ts'
import { french, knownFrench } from './fr.ts'
import { japanese, knownJapanese } from './ja.ts'

type Messages = Readonly<Record<keyof typeof german, string>>
type Known = Readonly<Record<keyof typeof knownGerman, string>>

const catalogue = (messages: Messages, known: Known) => ({
  messages: new Map(Object.entries(messages)),
  known: new Map(Object.entries(known)),
  kinds: engineKinds,
})

export const consoleCatalogues: Catalogues = {
  de: catalogue(german, knownGerman),
  es: catalogue(spanish, knownSpanish),
  fr: catalogue(french, knownFrench),
  ja: catalogue(japanese, knownJapanese),
}
