// Makes the subject, the plain text and the HTML of a message from its text and its facts. Facts may come from anybody (a
// browser's name, an address): they become one line of bounded length, are escaped in HTML, and cannot add a header.
import { type Html, html, pageText } from '../../views/html.ts'
import type { Language } from '../../views/languages/languages.ts'
import { mailLanguages } from './language.ts'
import type { MailTemplate, MailText } from './texts.ts'

export type Facts = Readonly<Record<string, string>>

export interface Composed {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** Longest fact that is shown, in characters; links are never cut. */
const longestFact = 200
/** Longest link. */
const longestLink = 2000

/** @param facts values of the text's placeholders; one without a value is left empty */
export function compose(template: MailTemplate, facts: Facts, language: Language = 'en'): Composed {
  const text: MailText = mailLanguages[language].texts[template]
  const fill = (line: string): string =>
    line.replace(/\{(\w+)\}/g, (_, name: string) => oneLine(facts[name] ?? '', longestFact))
  const url = text.button === undefined ? undefined : oneLine(facts['url'] ?? '', longestLink)
  const paragraphs = text.body.map(fill)
  const after = (text.after ?? []).map(fill)
  const subject = fill(text.subject)
  return {
    subject,
    text: `${[...paragraphs, ...(url === undefined ? [] : [url]), ...after].map(wrap).join('\n\n')}\n`,
    html: pageText(
      document(
        language,
        subject,
        paragraphs,
        url === undefined ? undefined : { label: text.button ?? '', url },
        after,
      ),
    ),
  }
}

/** Control characters, line and paragraph separators and directional overrides become spaces. */
function oneLine(value: string, longest: number): string {
  const line = value
    .replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .toWellFormed()
    .trim()
  return line.length <= longest ? line : `${line.slice(0, longest)}…`
}

const widest = 76

/** Breaks a paragraph into lines of at most 76 characters; a longer word, such as a link, stays in one piece. */
function wrap(paragraph: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of paragraph.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > widest) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].join('\n')
}

interface Button {
  readonly label: string
  readonly url: string
}

/** Without images and without anything that is fetched. */
const document = (
  language: Language,
  subject: string,
  paragraphs: readonly string[],
  button: Button | undefined,
  after: readonly string[],
): Html => html`<html lang="${language}"><head><meta charset="utf-8"><title>${subject}</title></head>
<body style="margin:0;padding:24px;background:#f5f4f0;color:#1b1b1f;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:560px;margin:0 auto;padding:24px;background:#fff;border-radius:8px">
${paragraphs.map((text) => html`<p>${text}</p>\n`)}${
  button &&
  html`<p><a href="${button.url}" style="display:inline-block;padding:10px 18px;background:#1b1b1f;color:#fff;border-radius:6px;text-decoration:none">${button.label}</a></p>
<p style="font-size:13px;word-break:break-all">${button.url}</p>\n`
}${after.map((text) => html`<p style="font-size:14px;color:#55555c">${text}</p>\n`)}</div>
</body></html>`
