// Pages as typed functions. Only the `html` tag makes Html, and it escapes every value that is not Html already:
// a name, an error or a client's claim cannot become markup (attacks.md 24). Write attributes in double quotes.

const made: unique symbol = Symbol('html')

/** Markup that is safe to send. Only the `html` tag can create it. */
export interface Html {
  readonly [made]: string
}

export type Fragment = Html | string | number | false | undefined | null | readonly Fragment[]

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
  ['`', '&#96;'],
])

const escaped = (text: string): string => text.replace(/[&<>"'`]/g, (char) => entities.get(char) ?? '')

function textOf(value: Fragment): string {
  if (value === false || value === undefined || value === null) return ''
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'number') return String(value)
  if (isList(value)) return value.map(textOf).join('')
  // A plain object from JSON cannot carry the symbol; anything else is a bug.
  if (typeof value[made] !== 'string') throw new TypeError('html: only text, numbers and Html can be shown')
  return value[made]
}

const isList = (value: Fragment): value is readonly Fragment[] => Array.isArray(value)

/** The template is kept as written and every value in it is escaped. False, undefined and null render nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Fragment[]): Html {
  let text = strings[0] ?? ''
  values.forEach((value, i) => {
    text += textOf(value) + (strings[i + 1] ?? '')
  })
  return { [made]: text }
}

/** A text in which `{name}` stands for a value. Text and values are escaped; a name without a value stays as it is. */
export function fill(text: string, values: Readonly<Record<string, Fragment>>): Html {
  const parts = text.split(/\{(\w+)\}/)
  return {
    [made]: parts
      .map((part, at) =>
        at % 2 === 0 ? escaped(part) : Object.hasOwn(values, part) ? textOf(values[part]) : `{${part}}`,
      )
      .join(''),
  }
}

/** The markup as text, for a part of a page that a script replaces. */
export const htmlText = (part: Html): string => part[made]

/** The complete page, to be sent as `text/html; charset=utf-8`. */
export const pageText = (page: Html): string => `<!doctype html>${page[made]}`

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
