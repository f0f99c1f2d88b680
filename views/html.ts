// Pages as typed functions. Only the `html` tag makes Html, and it escapes every value that is not Html already:
// a name, an error or a client's claim cannot become markup (attacks.md 24). Write attributes in double quotes.
import type { Language } from './languages/languages.ts'
import type { Message } from './languages/message.ts'

const made: unique symbol = Symbol('html')

/** Markup that is safe to send. Only the `html` tag can create it. */
export interface Html {
  /** Text, or text and parts that differ from language to language. */
  readonly [made]: string | readonly Part[]
}

/** What each language says in its own way: written when the language of the page is known (`inLanguage`). */
export type Localizable = (t: Translate) => Fragment

type Part = string | Localizable

export type Fragment = Html | Localizable | string | number | false | undefined | null | readonly Fragment[]

/** Renders messages in one language. */
export interface Translate {
  readonly language: Language
  (message: Message, values?: Readonly<Record<string, Fragment>>): Html
  /** The text of a message of any catalogue of the page, without its values; the message itself when it is in none. */
  textOf(message: string): string
  /**
   * A text that may be a message, such as the reason why a form was refused; a number in it is the `{count}` of the message. Any
   * other text is shown as it is.
   */
  known(text: string): Html
  /** The same as text, for what is not markup. */
  knownText(text: string): string
  /** Epoch seconds as date and time in UTC, as text. */
  dateText(seconds: number): string
  /** The same; the `datetime` attribute has the exact time. */
  date(seconds: number): Html
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
  ['`', '&#96;'],
])

const escaped = (text: string): string => text.replace(/[&<>"'`]/g, (char) => entities.get(char) ?? '')

function partsOf(value: Fragment): string | readonly Part[] {
  if (value === false || value === undefined || value === null) return ''
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'number') return String(value)
  if (typeof value === 'function') return [value]
  if (isList(value)) return joined(value.map(partsOf))
  const parts = value[made]
  // A plain object from JSON cannot carry the symbol; anything else is a bug.
  if (parts === undefined) throw new TypeError('html: only text, numbers and Html can be shown')
  return parts
}

const isList = (value: Fragment): value is readonly Fragment[] => Array.isArray(value)

const joined = (all: readonly (string | readonly Part[])[]): string | readonly Part[] =>
  all.every((one) => typeof one === 'string') ? all.join('') : all.flat()

/** The template is kept as written and every value in it is escaped. False, undefined and null render nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Fragment[]): Html {
  let text = strings[0] ?? ''
  const parts: Part[] = []
  values.forEach((value, i) => {
    const shown = partsOf(value)
    const next = strings[i + 1] ?? ''
    if (typeof shown === 'string') text += shown + next
    else {
      parts.push(text, ...shown)
      text = next
    }
  })
  return { [made]: parts.length === 0 ? text : [...parts, text] }
}

/** A text in which `{name}` stands for a value. Text and values are escaped; a name without a value stays as it is. */
export function fill(text: string, values: Readonly<Record<string, Fragment>>): Html {
  const parts = text.split(/\{(\w+)\}/)
  return {
    [made]: joined(
      parts.map((part, at) =>
        at % 2 === 0 ? escaped(part) : Object.hasOwn(values, part) ? partsOf(values[part]) : `{${part}}`,
      ),
    ),
  }
}

/** The same as text, for what is not markup. */
export const fillText = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : whole,
  )

/** A part of a page in one language. */
export const inLanguage = (part: Fragment, t: Translate): Html => ({ [made]: textIn(partsOf(part), t) })

const textIn = (parts: string | readonly Part[], t: Translate): string =>
  typeof parts === 'string'
    ? parts
    : parts.map((part) => (typeof part === 'string' ? part : textIn(partsOf(part(t)), t))).join('')

/** The markup as text, for a part of a page that a script replaces. @throws TypeError when its language was not chosen */
export function htmlText(part: Html): string {
  const text = part[made]
  if (typeof text !== 'string') throw new TypeError('html: inLanguage must choose the language first')
  return text
}

/** The complete page, to be sent as `text/html; charset=utf-8`. */
export const pageText = (page: Html): string => `<!doctype html>${htmlText(page)}`

/**
 * The URL of an external link when it is http or https and holds no credentials; otherwise undefined, and the page shows no
 * link (attacks.md 2).
 */
export function webLink(address: string | undefined): string | undefined {
  const url = address === undefined ? null : URL.parse(address)
  return url && (url.protocol === 'https:' || url.protocol === 'http:') && !url.username && !url.password
    ? url.href
    : undefined
}
