// Blanks and line breaks as a language sets them. What stands in backticks is a name and stays as it is.

const noBreak = '\u00a0'

/** A French text without a line break before a sign, behind an opening quotation mark or within a number. */
const withoutBreaks = (part: string): string =>
  part
    .replace(/ (?=[:;?!»])/g, noBreak)
    .replace(/(?<=«) /g, noBreak)
    .replace(/(?<=\d) (?=\d{3}(?!\d))/g, noBreak)

/** A French message, or a text of operations in French. */
export const frenchText = (text: string): string =>
  text
    .split('`')
    .map((part, at) => (at % 2 === 1 ? part : withoutBreaks(part)))
    .join('`')

const japanese = '[\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Han}ー]'
const startsJapanese = new RegExp(`^${japanese}`, 'u')
const endsJapanese = new RegExp(`${japanese}$`, 'u')

/** A Japanese text, with a blank between its letters and each name in backticks. */
export const japaneseText = (text: string): string =>
  text
    .split('`')
    .map((part, at, all) => {
      if (at % 2 === 1) return part
      const before = at > 0 && startsJapanese.test(part) ? ' ' : ''
      return `${before}${part}${at < all.length - 1 && endsJapanese.test(part) ? ' ' : ''}`
    })
    .join('`')
