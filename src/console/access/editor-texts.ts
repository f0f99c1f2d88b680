// The texts of the policy editor's page that change while somebody types, for the page itself: it has no catalogue.
import type { EditorTexts } from '../../../views/console/access/policy-editor.ts'
import type { Localizable } from '../../../views/html.ts'
import { translator } from '../../../views/language.ts'
import { consoleCatalogues } from '../../../views/languages/console/catalogues.ts'
import { engine } from '../../../views/languages/console/engine/de.ts'
import type { ConsoleMessage } from '../../../views/languages/console/message.ts'
import { review } from '../../../views/languages/console/review/de.ts'
import type { Language } from '../../../views/languages/languages.ts'

/** Messages of other rooms that the views of the page use. */
const others = [
  '{verdict} {action} on {resource}',
  'Allowed',
  'Allows',
  'Conditions that do not hold',
  'Denied',
  'Denies',
  'Does not allow',
  'Edit',
  'Fails',
  'No warnings.',
  'Passes',
  'Remove',
  'The caller’s identity policies',
  'The request has no {keys}.',
  'Warnings',
  'decides',
] as const satisfies readonly ConsoleMessage[]

const names = [...Object.keys(review), ...others]

const byLanguage = new Map<Language, string>()

function textsOf(language: Language): string {
  const { textOf, knownText } = translator(language, consoleCatalogues)
  const texts: EditorTexts = {
    messages: Object.fromEntries(names.map((english) => [english, textOf(english)])),
    known: Object.fromEntries(Object.keys(engine).map((english) => [english, knownText(english)])),
  }
  return JSON.stringify(texts)
}

/** EditorTexts as JSON; empty in English. */
export const editorTexts: Localizable = ({ language }) => {
  if (language === 'en') return ''
  const known = byLanguage.get(language) ?? textsOf(language)
  byLanguage.set(language, known)
  return known
}
