// Text without markup in the language of the page: for titles, for drawings, and for sentences that are changed before they are shown.
import { fillText, type Localizable, type Translate } from '../html.ts'
import type { ConsoleMessage } from '../languages/console/message.ts'
import { withCode } from './message.ts'

/** May have names in backticks. */
export type LocalizedText = (translate: Translate) => string

type Values = Readonly<Record<string, LocalizedText | string | number>>

/** A text that is the same in every language, such as a name. */
export const asIs =
  (text: string): LocalizedText =>
  () =>
    text

/** A text of the policy engine, which is translated where the catalogues know it. */
export const knownText =
  (text: string): LocalizedText =>
  (translate) =>
    translate.knownText(text)

/** A message with its values. */
export const message =
  (english: ConsoleMessage, values: Values = {}): LocalizedText =>
  (translate) => {
    const texts = Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'function' ? value(translate) : String(value),
    ])
    return fillText(translate.textOf(english), Object.fromEntries(texts))
  }

/** Names in backticks as code. */
export const inMarkup =
  (text: LocalizedText): Localizable =>
  (translate) =>
    withCode(text(translate))

/** Without the backticks. */
export const plain =
  (text: LocalizedText): LocalizedText =>
  (translate) =>
    text(translate).replaceAll('`', '')

/** No longer than so many letters. */
export const shortened =
  (text: LocalizedText, letters: number): LocalizedText =>
  (translate) => {
    const whole = text(translate)
    return whole.length > letters ? `${whole.slice(0, letters)}…` : whole
  }
