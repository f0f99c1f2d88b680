// Messages of the console: written in the language of the page when that is known, so that tables of a module can hold them.
import { type Fragment, fill, type Html, html, type Localizable } from '../html.ts'
import type { ConsoleMessage } from '../languages/console/message.ts'

/** What a page says in the language of its reader. A name or another value that is shown as it is: `html` makes it such a text. */
export type Words = Html | Localizable

type Values = Readonly<Record<string, Fragment>>

/** Text whose parts in backticks are shown as code. @param show renders each part; default: as it is */
export const withCode = (text: string, show: (part: string) => Fragment = (part) => part): Html =>
  html`${text.split('`').map((part, at) => (at % 2 === 1 ? html`<code class="break">${show(part)}</code>` : show(part)))}`

/**
 * A message; `{name}` in it is replaced by a value, and what is in backticks is code. `Disabled|app` is `Disabled` in English: what is
 * behind the bar says of what, for languages whose adjectives agree with it.
 */
export const t =
  (message: ConsoleMessage, values: Values = {}): Localizable =>
  (translate) =>
    withCode(translate.textOf(message), (part) => fill(part, values))

/** One of two messages by a number, which is the value `{count}` of both. */
export const counted =
  (count: number, one: ConsoleMessage, other: ConsoleMessage, values: Values = {}): Localizable =>
  (translate) =>
    t(isOne(count, translate.language) ? one : other, { ...values, count })(translate)

const isOne = (count: number, language: string): boolean => count === 1 || (count === 0 && language === 'fr')

/**
 * A text that was made elsewhere, such as the answer of an operation: translated when the catalogues know it, else in English. What
 * is in backticks is code.
 */
export const known =
  (text: string): Localizable =>
  (translate) =>
    withCode(translate.knownText(text))

/** What is wrong with a field, after its name. @param fault a verb in English, such as `is required` */
export const fieldFault = (field: Fragment, fault: string): Localizable =>
  t('{field} {fault}.', { field, fault: known(fault) })

/** Several, each after the one before; Japanese has no blank between sentences. */
export const sentences =
  (all: readonly Fragment[]): Localizable =>
  ({ language }) =>
    all.map((one, at) => [at > 0 && language !== 'ja' && ' ', one])
