// Finds the template that an English text was made from, so that the text can be shown in another language.
//
// Operations, the policy engine and the linter answer in English, with names and numbers in the text already. The catalogues in
// views/languages/console/{answers,engine,policy} have the templates of such texts with their translations, here into German:
//
//     'the {kind} `{name}` has {what}': '{what} gehören zu: {kind} `{name}`'
//     'access keys': 'Zugriffsschlüssel'
//
//     the role `a has b` has access keys   →   Zugriffsschlüssel gehören zu: role `a has b`
//
// `{kind}` and `{what}` stand for any text, which is translated in its turn where the catalogues have it (translate.ts). A name in
// backticks is compared as a whole, so none of its words is taken for one of the template, and it is shown as it is. A value with a
// capital letter is of a kind, which engine/kinds.ts describes: `{Names} and {Names2}` is split between two lists of names, not at the
// first `and`.
//
// To add a text: its template to the file of its part in German, then in the other languages, which the compiler asks for.
// test/console/answers-languages.test.ts finds the answers of operations that have none.

type Values = Readonly<Record<string, string>>

/** The values of a text, by their names in the template, and the translation that they are put into. */
export interface Match {
  readonly translated: string
  readonly texts: Values
  /** Values within backticks. */
  readonly names: Values
}

interface Template {
  /** What it says before, between and after its values and names in backticks; texts may be empty. */
  readonly words: readonly string[]
  /** Characters that are no value. */
  readonly ownLength: number
  /** Whether it has values of a kind. */
  readonly hasKinds: boolean
  /** Compiled for the first text that has the words: a server needs few, and all of them take 125 ms and 8 MB of a language. */
  readonly pattern: () => Pattern
  readonly translated: string
}

interface Pattern {
  readonly expression: RegExp
  /** What the names in backticks must be, by their groups. */
  readonly quoted: ReadonlyMap<string, RegExp>
}

/** Characters of the private use area stand for names while a text is compared. */
const firstMark = 0xe000
const mostNames = 6400
const aMark = '[\\uE000-\\uF8FF]'
const eachMark = /[\uE000-\uF8FF]/g

/**
 * Longest text that is compared with templates, without its names. What callers of the API write may be in it: comparing takes up to
 * the third power of its length, a few milliseconds for so many characters, and fifty for 2,048.
 */
const longestText = 600
/** The same for templates with a value of a kind, which fits in few ways. */
const longestOfKinds = 4096

/** What may still be compared for one text and its values. */
export interface Work {
  /** Characters. */
  left: number
}

/**
 * For one text and its values: a list is taken apart value by value, and what is left of it is compared each time. Two hundred names
 * take two thirds of it.
 */
export const newWork = (): Work => ({ left: 100_000 })

/**
 * @param templates translations by their English templates. Of those that fit, the first with values of a kind is taken, else the one
 *   with the most text of its own
 * @param kinds what `{Name}`, `{Name2}` and so on stand for: the source of a regular expression in which a backtick stands for a name
 *   in backticks
 */
export function openTemplates(
  templates: ReadonlyMap<string, string>,
  kinds: ReadonlyMap<string, string> = new Map(),
): (text: string, work: Work) => Match | undefined {
  const all = [...templates]
    .filter(([template]) => /\{\w+\}/.test(template))
    .map(([template, translated]) => templateOf(template, translated, kinds))
  const inOrder = [
    ...all.filter(({ hasKinds }) => hasKinds),
    ...all.filter(({ hasKinds }) => !hasKinds).sort((one, other) => other.ownLength - one.ownLength),
  ]
  return (text, work) => {
    const first = firstMatch(withMarks(text), work)
    return first ?? firstMatch(withOneMark(text), work)
  }

  function firstMatch({ marked, names }: Marked, work: Work): Match | undefined {
    if (marked === undefined || marked.length > Math.min(longestOfKinds, work.left)) return undefined
    work.left -= marked.length
    for (const template of inOrder) {
      if (marked.length > longestText && !template.hasKinds) return undefined
      const match = matchOf(template, marked, names)
      if (match !== undefined) return match
    }
    return undefined
  }
}

interface Marked {
  readonly marked: string | undefined
  readonly names: readonly string[]
}

/** The text with a character in the place of each name; undefined when its backticks are no pairs, or one of its characters is a mark. */
function withMarks(text: string): Marked {
  const parts = text.split('`')
  const names = parts.filter((_, at) => at % 2 === 1)
  if (parts.length % 2 === 0 || names.length > mostNames || text.search(eachMark) !== -1)
    return { marked: undefined, names }
  const marked = parts.map((part, at) => (at % 2 === 1 ? markOf((at - 1) / 2) : part)).join('')
  return { marked, names }
}

/**
 * The same of a text in which somebody's name has backticks itself: from the first to the last it is one name. Other signs stand for
 * the backticks within, because pages show what is between backticks as code.
 */
function withOneMark(text: string): Marked {
  const [start, end] = [text.indexOf('`'), text.lastIndexOf('`')]
  const name = text.slice(start + 1, end)
  if (!name.includes('`') || text.search(eachMark) !== -1) return { marked: undefined, names: [] }
  return {
    marked: `${text.slice(0, start)}${markOf(0)}${text.slice(end + 1)}`,
    names: [name.replaceAll('`', "'")],
  }
}

const markOf = (at: number): string => String.fromCharCode(firstMark + at)
const nameOf = (mark: string, names: readonly string[]): string => names[mark.charCodeAt(0) - firstMark] ?? ''

/** Whether a text has them in their order, the first and the last at its ends. */
function hasWords(text: string, words: readonly string[]): boolean {
  const last = words.at(-1) ?? ''
  if (!text.startsWith(words[0] ?? '') || !text.endsWith(last)) return false
  let at = 0
  for (const word of words) {
    const found = text.indexOf(word, at)
    if (found === -1) return false
    at = found + word.length
  }
  return true
}

function matchOf(
  { words, pattern, translated }: Template,
  marked: string,
  names: readonly string[],
): Match | undefined {
  if (!hasWords(marked, words)) return undefined
  const { expression, quoted } = pattern()
  const groups = expression.exec(marked)?.groups
  if (groups === undefined) return undefined
  const texts: Record<string, string> = {}
  const values: Record<string, string> = {}
  for (const [group, value] of Object.entries(groups)) {
    const name = quoted.get(group)
    if (name === undefined) texts[group] = value.replace(eachMark, (mark) => `\`${nameOf(mark, names)}\``)
    else {
      const found = name.exec(nameOf(value, names))
      if (found === null) return undefined
      Object.assign(values, found.groups)
    }
  }
  return { translated, texts, names: values }
}

function templateOf(english: string, translated: string, kinds: ReadonlyMap<string, string>): Template {
  const outside = english.replace(/`[^`]*`/g, '`')
  const values = [...outside.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  let compiled: Pattern | undefined
  return {
    words: english.split(/`[^`]*`|\{\w+\}/),
    ownLength: english.replace(/\{\w+\}/g, '').length,
    hasKinds: values.some((name) => kinds.has(kindOf(name))),
    pattern: () => (compiled ??= patternOf(english, kinds)),
    translated,
  }
}

/** `Names` of `{Names2}`. */
const kindOf = (name: string): string => name.replace(/\d+$/, '')

/** Of a kind that is not known. */
const nothing = '(?!)'

function patternOf(english: string, kinds: ReadonlyMap<string, string>): Pattern {
  const quoted = new Map<string, RegExp>()
  const valueSource = (name: string): string =>
    /^[a-z]/.test(name) ? '.+?' : (kinds.get(kindOf(name))?.replaceAll('`', aMark) ?? nothing)
  const sources = english.split('`').map((part, at) => {
    if (at % 2 === 0) return sourceOf(part, valueSource)
    quoted.set(`quoted_${at}`, new RegExp(`^${sourceOf(part, () => '.*?')}$`, 's'))
    return `(?<quoted_${at}>${aMark})`
  })
  return { expression: new RegExp(`^${sources.join('')}$`, 's'), quoted }
}

/** The source of a regular expression for a text with `{name}`s. */
const sourceOf = (template: string, valueSource: (name: string) => string): string =>
  template
    .split(/\{(\w+)\}/)
    .map((part, at) => (at % 2 === 0 ? escaped(part) : `(?<${part}>${valueSource(part)})`))
    .join('')

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
