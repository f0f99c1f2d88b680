// The keys of one use and algorithm on a line of time: how long each was published, signs and verifies. The drawing is for the eyes
// alone; the list below it says the same, with the dates.
import { dateFormat } from '../../date-format.ts'
import { type Html, html, type Localizable } from '../../html.ts'
import { badge, code, when } from '../frame/parts.ts'
import { t, type Words } from '../message.ts'

export interface KeyRow {
  readonly id: string
  readonly use: string
  readonly algorithm: string
  readonly state: 'current' | 'next' | 'previous'
  readonly createdAt: string
  readonly activeAt: string
  readonly expiresAt?: string | undefined
}

/** What the drawings show, in milliseconds since 1970. */
export interface TimeSpan {
  readonly from: number
  readonly to: number
  readonly now: number
}

const day = 86_400_000
/** Days that are shown at least and at most before and after now. */
const shown = { least: 7, most: 62 } as const
/** Pixels of a line of the drawing, and of the line of dates on top. */
const size = { row: 18, bar: 8, dates: 22 } as const

const startOf = ({ activeAt }: KeyRow): number => Date.parse(activeAt)

/** One span for all drawings of a page, so that they can be compared: from the oldest key that matters to the end of the last. */
export function spanOf(keys: readonly KeyRow[], now: number): TimeSpan {
  const within = (at: number) => Math.min(now + shown.most * day, Math.max(now - shown.most * day, at))
  // Keys of the audit trail stay for ever; their beginnings would leave no room for anything else.
  const starts = keys.filter(({ expiresAt, state }) => state !== 'previous' || expiresAt !== undefined)
  const ends = keys.flatMap((key) => [
    ...(key.state === 'next' ? [startOf(key)] : []),
    ...(key.expiresAt === undefined ? [] : [Date.parse(key.expiresAt)]),
  ])
  const from = within(Math.min(now - shown.least * day, ...starts.map(startOf)))
  const to = within(Math.max(now + shown.least * day, ...ends))
  const margin = (to - from) / 20
  return { from: from - margin, to: to + margin, now }
}

/** @param keys of one use and algorithm, from the oldest to the newest */
export const keyLine = (keys: readonly KeyRow[], span: TimeSpan): Html =>
  html`<div class="key-line">${drawing(keys, span)}</div>
<ul class="key-list">${keys.toReversed().map((key) => html`<li>${stateBadge(key)}<p>${sentenceOf(key, keys)}</p>${code(key.id)}</li>`)}</ul>`

const states = {
  next: { title: t('Next key'), tone: 'neutral' },
  current: { title: t('Current key'), tone: 'good' },
  previous: { title: t('Former key'), tone: 'neutral' },
} as const

const stateBadge = ({ state }: KeyRow): Html => badge(states[state].title, states[state].tone)

const successorOf = (key: KeyRow, keys: readonly KeyRow[]): KeyRow | undefined => keys[keys.indexOf(key) + 1]

function sentenceOf(key: KeyRow, keys: readonly KeyRow[]): Words {
  const successor = successorOf(key, keys)
  switch (key.state) {
    case 'next':
      return t('Published since {published}, signs from {start}.', {
        published: when(key.createdAt),
        start: when(key.activeAt),
      })
    case 'current':
      return successor === undefined
        ? t('Signs since {start}.', { start: when(key.activeAt) })
        : t('Signs since {start}, until {end}.', {
            start: when(key.activeAt),
            end: when(successor.activeAt),
          })
    case 'previous':
      return formerSentence(key, successor)
  }
}

function formerSentence(key: KeyRow, successor: KeyRow | undefined): Words {
  const start = when(key.activeAt)
  const verifies = when(key.expiresAt)
  if (successor === undefined)
    return key.expiresAt === undefined
      ? t('Signed from {start}, and is kept to verify.', { start })
      : t('Signed from {start}, verifies until {verifies}.', { start, verifies })
  const end = when(successor.activeAt)
  return key.expiresAt === undefined
    ? t('Signed from {start} until {end}, and is kept to verify.', { start, end })
    : t('Signed from {start} until {end}, verifies until {verifies}.', { start, end, verifies })
}

/** Horizontal places are shares of the width, so that text keeps its size on every screen. */
function drawing(keys: readonly KeyRow[], span: TimeSpan): Html {
  const place = (at: number): number =>
    Math.min(100, Math.max(0, ((at - span.from) / (span.to - span.from)) * 100))
  const height = size.dates + keys.length * size.row + 4
  const bar = (row: number, kind: string, from: number, to: number): Html | false => {
    const [x, end] = [place(from), place(to)]
    return (
      end > x &&
      html`<rect class="${kind}" x="${x.toFixed(2)}%" width="${(end - x).toFixed(2)}%" y="${size.dates + row * size.row + (size.row - size.bar) / 2}" height="${size.bar}" rx="2"/>`
    )
  }
  const rows = keys.map((key, row) => {
    const signs = startOf(key)
    const successor = successorOf(key, keys)
    const signsUntil = successor === undefined ? span.to : startOf(successor)
    const verifiesUntil = key.expiresAt === undefined ? span.to : Date.parse(key.expiresAt)
    return [
      bar(row, 'published', Date.parse(key.createdAt), signs),
      bar(row, key.state === 'next' ? 'will-sign' : 'signs', signs, signsUntil),
      bar(row, 'verifies', signsUntil, verifiesUntil),
    ]
  })
  const now = place(span.now).toFixed(2)
  return html`<svg width="100%" height="${height}" aria-hidden="true" focusable="false">${ticksOf(span).map(
    (at) =>
      html`<line class="tick" x1="${place(at).toFixed(2)}%" x2="${place(at).toFixed(2)}%" y1="${size.dates - 4}" y2="${height}"/><text x="${place(at).toFixed(2)}%" y="12">${dateOf(at)}</text>`,
  )}${rows}<line class="now" x1="${now}%" x2="${now}%" y1="${size.dates - 6}" y2="${height}"/></svg>`
}

const dayAndMonth = dateFormat({ day: 'numeric', month: 'short' })

const dateOf =
  (at: number): Localizable =>
  ({ language }) =>
    dayAndMonth(language, at)

/** Midnights between the edges, at most four, with room for their dates. */
function ticksOf({ from, to }: TimeSpan): readonly number[] {
  const step = Math.max(1, Math.ceil((to - from) / day / 4)) * day
  const first = Math.ceil((from + (to - from) * 0.06) / day) * day
  const ticks: number[] = []
  for (let at = first; at < to - (to - from) * 0.06; at += step) ticks.push(at)
  return ticks
}

/** What the drawings mean. */
export const keyLegend = (): Html =>
  html`<ul class="key-legend" aria-hidden="true"><li><span class="swatch signs"></span>${t('Signs')}</li><li><span class="swatch will-sign"></span>${t('Will sign')}</li><li><span class="swatch published"></span>${t('Published, not yet used')}</li><li><span class="swatch verifies"></span>${t('Only verifies')}</li><li><span class="swatch now"></span>${t('Now')}</li></ul>`
