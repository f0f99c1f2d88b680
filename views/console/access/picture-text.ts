// What a picture of access says. It is drawn too, in lines that are broken by their letters, so it is text without markup.
import { html, type Localizable, type Translate } from '../../html.ts'
import type { ConsoleMessage } from '../../languages/console/message.ts'

/** Text in the language of the page; names in it may stand in backticks. */
export type PictureText = (translate: Translate) => string

type Values = Readonly<Record<string, PictureText | string | number>>

/** A text that is the same in every language, such as a name. */
export const asIs =
  (text: string): PictureText =>
  () =>
    text

/** A text of the policy engine, which is translated where the catalogues know it. */
export const knownText =
  (text: string): PictureText =>
  (translate) =>
    translate.knownText(text)

/** A message with its values. */
export const message =
  (text: ConsoleMessage, values: Values = {}): PictureText =>
  (translate) =>
    translate.textOf(text).replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : whole
      return typeof value === 'function' ? value(translate) : String(value)
    })

/** Names in backticks as code. */
export const inMarkup =
  (text: PictureText): Localizable =>
  (translate) =>
    text(translate)
      .split('`')
      .map((part, at) => (at % 2 === 1 ? html`<code class="break">${part}</code>` : part))

/** Without the backticks. */
export const plain =
  (text: PictureText): PictureText =>
  (translate) =>
    text(translate).replaceAll('`', '')

/** No longer than so many letters. */
export const shortened =
  (text: PictureText, letters: number): PictureText =>
  (translate) => {
    const whole = text(translate)
    return whole.length > letters ? `${whole.slice(0, letters)}…` : whole
  }
