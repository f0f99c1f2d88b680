// Audit entries: a list of sentences, and one entry.
import { type Html, html } from '../../html.ts'
import { marked } from '../frame/ladder.ts'
import { badge, table, when } from '../frame/parts.ts'
import type { Words } from '../message.ts'

export type Outcome = 'done' | 'denied' | 'refused' | 'failed'

export interface ActivityRow {
  readonly id: string
  readonly time: string
  readonly who: string
  readonly whoArn: string
  readonly action: string
  /** What they did, or tried to do; names in backticks. */
  readonly words: string
  readonly outcome: Outcome
  /** ARN. */
  readonly resource: string | undefined
  readonly reason: string | undefined
  readonly sourceIp: string
}

/** The sentence of an entry as a heading. */
export const rowTitle = ({ who, words }: ActivityRow): Html => html`${who} ${marked(words)}`

const tones = { done: 'good', denied: 'bad', refused: 'care', failed: 'bad' } as const
const titles = { done: 'Done', denied: 'Denied', refused: 'Refused', failed: 'Failed' } as const

export const outcomeBadge = (outcome: Outcome): Html => badge(titles[outcome], tones[outcome])

export const entryPath = (id: string): string => `/console/activity/${encodeURIComponent(id)}`

export const activityTable = (rows: readonly ActivityRow[], empty: Words): Html =>
  table(
    'Activity',
    [
      { title: 'When', cell: (row) => html`<a href="${entryPath(row.id)}">${when(row.time)}</a>` },
      { title: 'Outcome', cell: (row) => outcomeBadge(row.outcome) },
      {
        title: 'What happened',
        cell: (row) =>
          html`<span class="strong">${row.who}</span> ${marked(row.words)}${row.reason !== undefined && html`<span class="note reason">${marked(row.reason)}</span>`}`,
      },
      { title: 'Address', cell: (row) => html`<span class="nowrap">${row.sourceIp || '–'}</span>` },
    ],
    rows,
    empty,
    'tight',
  )
