// Messages in one language, from the catalogues that a page has. Nothing here imports one, so that a module in the browser is sent
// only what it needs.
import { dateFormat } from './date-format.ts'
import { type Fragment, fill, fillText, type Html, html, inLanguage, type Translate } from './html.ts'
import type { Language } from './languages/languages.ts'
import { newWork, openTemplates, type Work } from './templates.ts'
import { frenchText, japaneseText } from './typography.ts'

export interface Catalogue {
  /** By their English text. */
  readonly messages: ReadonlyMap<string, string>
  /**
   * Texts that are made elsewhere in English, such as the answers of operations. A placeholder such as `{why}` matches any text, which
   * is itself translated, unless the placeholder is for a name (`isName`), and put into the translation.
   */
  readonly known: ReadonlyMap<string, string>
  /** What a `{Name}` of these texts, with a capital letter, stands for (templates.ts). */
  readonly kinds?: ReadonlyMap<string, string>
}

const dateAndTime = dateFormat({
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

/**
 * `Disabled|app` says `Disabled` of an app: words that have another form for each kind of thing in some language, such as an adjective
 * in French, have a message for each.
 */
const withoutContext = (message: string): string => message.replace(/\|[a-z]+$/, '')

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** Whether a placeholder is for a name, which is never translated, even when it is also a word of the catalogues. */
const isName = (placeholder: string): boolean =>
  /^(?:account|action|address|alias|arn|client|host|id|key|name|provider|resource|role|serial|uri|url|user)\d*$/.test(
    placeholder,
  )

/**
 * Adds each sentence of the catalogue as a clause of another text: without its full stop, with a capital letter and without. Single
 * words are left out, because they may be names, such as the scope email. `sentenceText` below does the reverse.
 */
function withClauses(known: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const all = new Map<string, string>()
  for (const [english, translated] of known) {
    all.set(english, translated)
    if (!/^\p{Lu}(?:\p{Ll}|\s)/u.test(english)) continue
    const clause = english.replace(/\.$/, '')
    if (!clause.includes(' ')) continue
    for (const one of [clause, `${clause.charAt(0).toLowerCase()}${clause.slice(1)}`])
      if (!known.has(one)) all.set(one, translated.replace(/[.。]$/, ''))
  }
  return all
}

export function openTranslate(language: Language, catalogue: Catalogue): Translate {
  const { messages } = catalogue
  const known = withClauses(catalogue.known)
  const matchOf = openTemplates(known, catalogue.kinds)
  const dateText = (seconds: number): string => `${dateAndTime(language, seconds * 1000)} UTC`
  const textOf = (message: string): string => {
    const text = messages.get(message) ?? withoutContext(message)
    return language === 'fr' ? frenchText(text) : text
  }
  /** A value of several words may be made from a template, too. */
  const valueText = (value: string, work: Work): string =>
    /^`[^`]*`$/.test(value)
      ? value
      : value.includes(' ')
        ? knownText(value, work)
        : (known.get(value) ?? value)
  function fromTemplate(text: string, work: Work): string | undefined {
    const match = matchOf(text, work)
    if (match === undefined) return undefined
    const texts = Object.entries(match.texts).map(
      ([name, text]) => [name, isName(name) ? text : valueText(text, work)] as const,
    )
    return fillText(match.translated, { ...Object.fromEntries(texts), ...match.names })
  }
  function translationOf(text: string, work: Work): string | undefined {
    const whole = messages.get(text) ?? known.get(text)
    if (whole !== undefined) return whole
    const [count] = /\d+/.exec(text) ?? []
    const counted = count === undefined ? undefined : messages.get(text.replace(/\d+/, '{count}'))
    if (count !== undefined && counted !== undefined) return fillText(counted, { count })
    return fromTemplate(text, work)
  }
  /** A message in lower case that was made a sentence: with a capital letter and a full stop. */
  function sentenceText(text: string, work: Work): string | undefined {
    if (!text.endsWith('.')) return undefined
    const message = text.slice(0, -1)
    const translated =
      translationOf(message, work) ?? translationOf(message.charAt(0).toLowerCase() + message.slice(1), work)
    return translated && `${capital(translated)}${language === 'ja' ? '。' : '.'}`
  }
  const knownText = (text: string, work = newWork()): string => {
    const translated = translationOf(text, work) ?? sentenceText(text, work)
    if (translated === undefined) return text
    if (language === 'ja') return japaneseText(translated)
    return language === 'fr' ? frenchText(translated) : translated
  }
  const translate = (message: string, values: Readonly<Record<string, Fragment>> = {}): Html =>
    inLanguage(fill(textOf(message), values), t)
  const t: Translate = Object.assign(translate, {
    language,
    textOf,
    knownText: (text: string): string => knownText(text),
    known: (text: string): Html => html`${knownText(text)}`,
    dateText,
    date: (seconds: number): Html =>
      html`<time datetime="${new Date(seconds * 1000).toISOString()}">${dateText(seconds)}</time>`,
  })
  return t
}
