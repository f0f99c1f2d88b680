// The texts of the policy editor's page that change while somebody types, for the page itself: it has no catalogue.
import type { EditorTexts } from '../../../views/console/access/policy-editor.ts'
import type { Translate } from '../../../views/html.ts'
import type { ConsoleMessage } from '../../../views/languages/console/message.ts'
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

const byLanguage = new Map<Language, string>()

/** EditorTexts as JSON; empty in English. */
export async function editorTexts(translate: Translate): Promise<string> {
  const { language } = translate
  if (language === 'en') return ''
  const known = byLanguage.get(language) ?? (await textsIn(translate))
  byLanguage.set(language, known)
  return known
}

async function textsIn({ textOf, knownText }: Translate): Promise<string> {
  // German has the English texts of every language; loaded here, so that the console in English does not.
  const [{ review }, { engine }] = await Promise.all([
    import('../../../views/languages/console/review/de.ts'),
    import('../../../views/languages/console/engine/de.ts'),
  ])
  const texts: EditorTexts = {
    messages: Object.fromEntries(
      [...Object.keys(review), ...others].map((english) => [english, textOf(english)]),
    ),
    known: Object.fromEntries(Object.keys(engine).map((english) => [english, knownText(english)])),
  }
  return JSON.stringify(texts)
}
