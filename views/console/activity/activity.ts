// Audit entries: a list of sentences, and one entry.
import { type Html, html, type Localizable } from '../../html.ts'
import { shortClientName } from '../frame/browser-name.ts'
import { badge, table, when } from '../frame/parts.ts'
import { t, type Words } from '../message.ts'
import { inMarkup, type LocalizedText, plain } from '../text.ts'

export type Outcome = 'done' | 'denied' | 'refused' | 'failed'

export interface ActivityRow {
  readonly id: string
  readonly time: string
  readonly who: LocalizedText
  readonly whoArn: string
  readonly action: string
  /** What they did, or tried to do. */
  readonly words: LocalizedText
  readonly outcome: Outcome
  /** ARN. */
  readonly resource: string | undefined
  readonly reason: Words | undefined
  /** How often the same was refused or failed. */
  readonly repeated?: Words | undefined
  readonly sourceIp: string
  /** `User-Agent`. */
  readonly userAgent: string | undefined
}

const sentenceOf = (who: Words, { words }: ActivityRow): Localizable =>
  t('{who} {words}', { who, words: inMarkup(words) })

/** The sentence of an entry as a heading. */
export const rowTitle = (row: ActivityRow): Localizable => sentenceOf(row.who, row)

/** The same for what has no markup: the title of a page. */
export const plainTitle = ({ who, words }: ActivityRow): Localizable =>
  t('{who} {words}', { who, words: plain(words) })

const tones = { done: 'good', denied: 'bad', refused: 'care', failed: 'bad' } as const
const titles = { done: t('Done'), denied: t('Denied'), refused: t('Refused'), failed: t('Failed') } as const

export const outcomeBadge = (outcome: Outcome): Html => badge(titles[outcome], tones[outcome])

export const entryPath = (id: string): string => `/console/activity/${encodeURIComponent(id)}`

const addressCell = ({ sourceIp, userAgent }: ActivityRow): Html => {
  const client = shortClientName(userAgent)
  return html`<span class="nowrap">${sourceIp || '–'}</span>${client && html`<span class="note reason">${client}</span>`}`
}

/** Why, and how often; a sentence made from a reason may have no full stop, so each has its own line. */
const noteOf = ({ reason, repeated }: ActivityRow): readonly (Html | false)[] =>
  [reason, repeated].map((words) => words !== undefined && html`<span class="note reason">${words}</span>`)

export const activityTable = (rows: readonly ActivityRow[], empty: Words): Html =>
  table(
    t('Activity'),
    [
      { title: t('When'), cell: (row) => html`<a href="${entryPath(row.id)}">${when(row.time)}</a>` },
      { title: t('Outcome'), cell: (row) => outcomeBadge(row.outcome) },
      {
        title: t('What happened'),
        cell: (row) => html`${sentenceOf(html`<span class="strong">${row.who}</span>`, row)}${noteOf(row)}`,
      },
      { title: t('Address'), cell: addressCell },
    ],
    rows,
    empty,
    'tight',
  )
