// Reviews what is typed, beside the thread that draws: the parser, linter and engine of src/policy, and the views that the server
// shows the same with.

import { reviewPart, testsPart } from '../../../views/console/access/document-review.ts'
import type { EditorTexts } from '../../../views/console/access/policy-editor.ts'
import { type Html, htmlText, inLanguage } from '../../../views/html.ts'
import { engineKinds } from '../../../views/languages/console/engine/kinds.ts'
import type { Language } from '../../../views/languages/languages.ts'
import { openTranslate } from '../../../views/translate.ts'
import { parseTests } from '../../policy/engine/policy-tests.ts'
import { lint } from '../../policy/lint.ts'
import { answerOf, sentencesOf, type TypedQuestion, testViews } from '../access/document-review.ts'

/** Sent before the first request. */
export interface ReviewLanguage {
  readonly language: Language
  readonly texts: EditorTexts
}

export interface ReviewRequest {
  readonly document: string
  readonly accountId: string
  readonly question: TypedQuestion
  /** JSON. */
  readonly tests: string
}

export interface Review {
  readonly document: string
  readonly findings: readonly {
    readonly severity: 'error' | 'warning' | 'note'
    /** In the language of the page, as the fix. */
    readonly message: string
    readonly fix: string
    /** Lines and columns from 1; the end is exclusive. */
    readonly from: { readonly line: number; readonly column: number }
    readonly to: { readonly line: number; readonly column: number }
  }[]
  /** Markup of the views. */
  readonly review: string
  readonly tests: string
}

const translateOf = ({ language, texts: { messages, known } }: ReviewLanguage) =>
  openTranslate(language, {
    messages: new Map(Object.entries(messages)),
    known: new Map(Object.entries(known)),
    kinds: engineKinds,
  })

let t = translateOf({ language: 'en', texts: { messages: {}, known: {} } })
const text = (part: Html): string => htmlText(inLanguage(part, t))

function reviewOf({ document, accountId, question, tests }: ReviewRequest): Review {
  const found = lint(document, 'identity')
  const kept = parseTests(JSON.parse(tests)).tests ?? []
  return {
    document,
    findings: found.map(({ severity, message, fix, line, column, end }) => ({
      severity,
      message: t.knownText(message),
      fix: t.knownText(fix),
      from: { line, column },
      to: end,
    })),
    review: text(
      reviewPart({
        findings: found,
        sentences: sentencesOf(document, 'identity'),
        answer: answerOf(document, question, accountId).answer,
      }),
    ),
    tests: text(testsPart(testViews(document, kept, accountId))),
  }
}

addEventListener('message', ({ data }: MessageEvent<ReviewLanguage | ReviewRequest>) => {
  if ('texts' in data) t = translateOf(data)
  else postMessage(reviewOf(data))
})
