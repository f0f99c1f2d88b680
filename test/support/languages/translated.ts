// Whether a text that was made in English is wholly in another language.
import assert from 'node:assert/strict'
import { type Language, languages } from '../../../views/languages/languages.ts'
import { consoleTranslators } from './console-translators.ts'

/** English words that are none of German, French or Spanish. */
const english = new Set(
  `a access account accounts action actions all allow allowed allows already also an and any anyone anything are as assume at audience
   be because before begins below between both but by cannot capitals case characters check condition conditions covers
   deny denied denies digits does each element empty end every everyone everything exactly except expected fault faults few first fix for
   from give given has have holds if in into is issuer it its keep key keys known left like list lists literally looks lower many match
   matches may member missing more most must name names needs never no none not nothing number of on one only operator or other others
   parts permission person policy present principal provider put reads remove request requests require resource resources role
   same several should someone space statement statements subject take takes than that the their them there these they this those to
   together token tokens too trusts trust unexpected unless until upper used value values when where which who whole wildcard with without
   would write written you`.split(/\s+/),
)
/** Of the list above, those that one of the languages has, too. */
const shared: Readonly<Record<string, readonly string[]>> = {
  de: [
    'in',
    'an',
    'name',
    'token',
    'tokens',
    'all',
    'also',
    'fix',
    'subject',
    'audience',
    'operator',
    'element',
    'version',
    'person',
  ],
  fr: [
    'a',
    'on',
    'an',
    'condition',
    'conditions',
    'action',
    'actions',
    'principal',
    'or',
    'fault',
    'audience',
    'but',
  ],
  es: ['a', 'no', 'token', 'tokens', 'principal', 'has', 'son'],
  ja: [],
}

/** Of the policy language. */
const keywords = new Set(['Allow', 'Deny', 'Version'])

const namesIn = (text: string): readonly string[] =>
  text
    .split('`')
    .filter((_, at) => at % 2 === 1)
    .sort()

/** Words of a text outside of backticks that are English. */
export function englishWordsIn(text: string, language: Language): readonly string[] {
  const words = text.replace(/`[^`]*`/g, ' ').match(/\p{L}+/gu) ?? []
  return words
    .filter((word) => !keywords.has(word))
    .map((word) => word.toLowerCase())
    .filter((word) => english.has(word) && !shared[language]?.includes(word))
}

/**
 * Asserts that every language has the text: no English is left in it, and the names in backticks are the same.
 * @param english names in backticks that are translated
 */
export function assertTranslated(text: string, translatedNames: readonly string[] = []): void {
  for (const language of languages) {
    if (language === 'en') continue
    const translated = consoleTranslators[language].knownText(text)
    assert.notEqual(translated, text, language)
    assert.deepEqual(englishWordsIn(translated, language), [], `${language}: ${text}\n${translated}`)
    const kept = namesIn(text).filter((name) => !translatedNames.includes(name))
    const seen = [...namesIn(translated)]
    for (const name of kept) {
      const at = seen.indexOf(name)
      assert.notEqual(at, -1, `${language}: \`${name}\` is lost: ${text}\n${translated}`)
      seen.splice(at, 1)
    }
    assert.doesNotMatch(translated.replace(/`[^`]*`/g, ''), /\{\w+\}/, `${language}: ${text}\n${translated}`)
  }
}
