// Messages in one language, from the catalogues that a page has. Nothing here imports one, so that a module in the browser is sent
// only what it needs.
import { dateFormat } from './date-format.ts'
import { type Fragment, fill, type Html, html, inLanguage, type Translate } from './html.ts'
import type { Language } from './languages/languages.ts'

export interface Catalogue {
  /** By their English text. */
  readonly messages: ReadonlyMap<string, string>
  /**
   * Texts that are made elsewhere in English, such as the answers of operations. A `{name}` in one stands for any text, which
   * takes the place of `{name}` in the translation.
   */
  readonly known: ReadonlyMap<string, string>
}

/** Of dates, by the language of the page. */
export const locales: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  de: 'de',
  fr: 'fr',
  es: 'es',
  ja: 'ja',
}

/** What `{name}` in a template stands for, in the place of `{name}` in the text. */
const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : whole,
  )

/** Finds the template from which a text was made. */
function openTemplates(
  templates: ReadonlyMap<string, string>,
  knownText: (text: string) => string,
): (text: string) => string | undefined {
  /** A value of several words may be made from a template, too. */
  const valuesOf = (groups: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(groups).map(([name, value]) => [name, value.includes(' ') ? knownText(value) : value]),
    )

  const forms = [...templates]
    .filter(([template]) => /\{\w+\}/.test(template))
    .map(([template, translated]) => [formOf(template), translated] as const)
  return (text) => {
    for (const [form, translated] of forms) {
      const found = form.exec(text)
      if (found !== null) return filled(translated, valuesOf(found.groups ?? {}))
    }
    return undefined
  }
}

const formOf = (template: string): RegExp =>
  new RegExp(
    `^${template
      .split(/\{(\w+)\}/)
      .map((part, at) => (at % 2 === 0 ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : `(?<${part}>.+?)`))
      .join('')}$`,
    's',
  )

/** Longest text that is compared with templates. */
const longestKnown = 2048

export function openTranslate(language: Language, { messages, known }: Catalogue): Translate {
  const fromTemplate = openTemplates(known, (text) => knownText(text))
  const dateAndTime = dateFormat(locales[language], {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  })
  const dateText = (seconds: number): string => `${dateAndTime(seconds * 1000)} UTC`
  const textOf = (message: string): string => messages.get(message) ?? message
  function knownText(text: string): string {
    const whole = messages.get(text) ?? known.get(text)
    if (whole !== undefined) return whole
    const [count] = /\d+/.exec(text) ?? []
    const counted = count === undefined ? undefined : messages.get(text.replace(/\d+/, '{count}'))
    if (count !== undefined && counted !== undefined) return filled(counted, { count })
    return (text.length <= longestKnown ? fromTemplate(text) : undefined) ?? text
  }
  const translate = (message: string, values: Readonly<Record<string, Fragment>> = {}): Html =>
    inLanguage(fill(textOf(message), values), t)
  const t: Translate = Object.assign(translate, {
    language,
    textOf,
    knownText,
    known: (text: string): Html => html`${knownText(text)}`,
    dateText,
    date: (seconds: number): Html =>
      html`<time datetime="${new Date(seconds * 1000).toISOString()}">${dateText(seconds)}</time>`,
  })
  return t
}
