// Finds the template that a text was made from. A name in backticks is compared as a whole, so no word in it is taken for one of the
// template.

type Values = Readonly<Record<string, string>>

/** The values of a text, by their names in the template, and the translation that they are put into. */
export interface Made {
  readonly translated: string
  readonly texts: Values
  /** Values within backticks. */
  readonly names: Values
}

interface Form {
  /** Characters that are no value. */
  readonly own: number
  /** Whether it has values of a kind. */
  readonly isNarrow: boolean
  readonly expression: RegExp
  /** What the names in backticks must be, by their groups. */
  readonly quoted: ReadonlyMap<string, RegExp>
  readonly translated: string
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

/**
 * @param templates `{name}` in one stands for any text, and takes the place of `{name}` in the translation. Of those that
 *   fit, the first with values of a kind is taken, else the one with the most text of its own
 * @param kinds what `{Name}`, `{Name2}` and so on, with a capital letter, stand for: the source of a regular expression in which a backtick
 *   stands for a name in backticks
 */
export function openTemplates(
  templates: ReadonlyMap<string, string>,
  kinds: ReadonlyMap<string, string> = new Map(),
): (text: string) => Made | undefined {
  const forms = [...templates]
    .filter(([template]) => /\{\w+\}/.test(template))
    .map(([template, translated]) => formOf(template, translated, kinds))
    .toSorted((one, other) =>
      one.isNarrow === other.isNarrow ? (one.isNarrow ? 0 : other.own - one.own) : one.isNarrow ? -1 : 1,
    )
  return (text) => {
    const { marked, names } = withMarks(text)
    if (marked === undefined || marked.length > longestOfKinds) return undefined
    for (const form of forms) {
      if (marked.length > longestText && !form.isNarrow) return undefined
      const groups = form.expression.exec(marked)?.groups
      const made = groups && madeFrom(form, groups, names)
      if (made !== undefined) return made
    }
    return undefined
  }
}

/** The text with a character in the place of each name; undefined when its backticks are no pairs, or one of its characters is a mark. */
function withMarks(text: string): { readonly marked: string | undefined; readonly names: readonly string[] } {
  const parts = text.split('`')
  const names = parts.filter((_, at) => at % 2 === 1)
  if (parts.length % 2 === 0 || names.length > mostNames || text.search(eachMark) !== -1)
    return { marked: undefined, names }
  const marked = parts.map((part, at) => (at % 2 === 1 ? markOf((at - 1) / 2) : part)).join('')
  return { marked, names }
}

const markOf = (at: number): string => String.fromCharCode(firstMark + at)
const nameOf = (mark: string, names: readonly string[]): string => names[mark.charCodeAt(0) - firstMark] ?? ''

/** Undefined when a name in backticks is not the one of the template. */
function madeFrom({ quoted, translated }: Form, groups: Values, names: readonly string[]): Made | undefined {
  const texts: Record<string, string> = {}
  const values: Record<string, string> = {}
  for (const [group, value] of Object.entries(groups)) {
    const form = quoted.get(group)
    if (form === undefined) texts[group] = value.replace(eachMark, (mark) => `\`${nameOf(mark, names)}\``)
    else {
      const found = form.exec(nameOf(value, names))
      if (found === null) return undefined
      Object.assign(values, found.groups)
    }
  }
  return { translated, texts, names: values }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The source of a regular expression for a text with `{name}`s. */
const sourceOf = (template: string, kindOf: (name: string) => string): string =>
  template
    .split(/\{(\w+)\}/)
    .map((part, at) => (at % 2 === 0 ? escaped(part) : `(?<${part}>${kindOf(part)})`))
    .join('')

/** Of a kind that is not known. */
const nothing = '(?!)'

function formOf(template: string, translated: string, kinds: ReadonlyMap<string, string>): Form {
  const quoted = new Map<string, RegExp>()
  const kindOf = (name: string): string =>
    /^[a-z]/.test(name) ? '.+?' : (kinds.get(name.replace(/\d+$/, ''))?.replaceAll('`', aMark) ?? nothing)
  const sources = template.split('`').map((part, at) => {
    if (at % 2 === 0) return sourceOf(part, kindOf)
    quoted.set(`quoted_${at}`, new RegExp(`^${sourceOf(part, () => '.*?')}$`, 's'))
    return `(?<quoted_${at}>${aMark})`
  })
  const names = [...template.replace(/`[^`]*`/g, '').matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  return {
    own: template.replace(/\{\w+\}/g, '').length,
    isNarrow: names.some((name) => kinds.has(name.replace(/\d+$/, ''))),
    expression: new RegExp(`^${sources.join('')}$`, 's'),
    quoted,
    translated,
  }
}
