// What happened in the last 24 hours as one band of bars, an hour each, and the same as tables. The drawing is for the eyes alone; the
// tables have the same numbers and links for a keyboard and a screen reader.
import { type Html, html } from '../../html.ts'
import { table, when } from '../frame/parts.ts'

export type BandKind = 'sign-in' | 'exchange' | 'refused' | 'denied' | 'failed'

export interface BandPart {
  readonly kind: BandKind
  readonly title: string
  readonly count: number
  /** Activity, filtered so. */
  readonly href: string
}

export interface BandHour {
  /** ISO 8601. */
  readonly from: string
  readonly href: string
  /** False: not counted yet. */
  readonly read: boolean
  /** There may be more than was counted. */
  readonly more: boolean
  /** From the bottom to the top of the bar. */
  readonly parts: readonly BandPart[]
}

export interface BandTotal extends BandPart {
  readonly more: boolean
}

export interface BandView {
  /** The oldest first. */
  readonly hours: readonly BandHour[]
  readonly totals: readonly BandTotal[]
}

/** Of the drawing, in its own units. */
const size = { width: 960, height: 150, gap: 6, label: 18 } as const

const kinds: Readonly<Record<BandKind, string>> = {
  'sign-in': 'Sign-ins',
  exchange: 'Exchanges',
  refused: 'Refused',
  denied: 'Denied',
  failed: 'Failed',
}

/** `more than 12`, when there may be more. */
const counted = (count: number, more: boolean): string => (more ? `more than ${count}` : String(count))

const sumOf = ({ parts }: Pick<BandHour, 'parts'>): number => parts.reduce((sum, { count }) => sum + count, 0)

export const band = (p: BandView): Html => html`${drawing(p.hours)}
${table(
  'The last 24 hours',
  [
    {
      title: 'What',
      cell: (one) =>
        html`<span class="swatch ${one.kind}" aria-hidden="true"></span><a class="strong" href="${one.href}">${one.title}</a>`,
    },
    { title: 'Kind', cell: (one) => kinds[one.kind] },
    { title: 'How often', cell: (one) => counted(one.count, one.more) },
  ],
  p.totals,
  'Nothing happened.',
)}
${p.hours.some(({ read }) => !read) && html`<p class="note">Some hours are not counted yet. They are when this page is loaded again.</p>`}
<details class="command"><summary>Hour by hour</summary>${hourTable(p.hours)}</details>`

const hourTable = (hours: readonly BandHour[]): Html =>
  table(
    'Hour by hour',
    [
      { title: 'From', cell: (one) => html`<a href="${one.href}">${when(one.from)}</a>` },
      ...(Object.keys(kinds) as BandKind[]).map((kind) => ({
        title: kinds[kind],
        cell: (one: BandHour) =>
          one.read ? String(sumOf({ parts: one.parts.filter((part) => part.kind === kind) })) : '–',
      })),
      { title: 'All', cell: (one) => (one.read ? counted(sumOf(one), one.more) : 'Not counted yet') },
    ],
    hours.toReversed(),
    '',
  )

const drawing = (hours: readonly BandHour[]): Html => {
  const most = Math.max(1, ...hours.map(sumOf))
  const step = size.width / Math.max(1, hours.length)
  return html`<div class="band"><svg viewBox="0 0 ${size.width} ${size.height + size.label}" aria-hidden="true" focusable="false">${hours.map((hour, at) => bar(hour, { x: at * step, width: step - size.gap, most }))}<path class="band-base" d="M0 ${size.height}h${size.width}"/>${hours.map((hour, at) => at % 6 === 0 && html`<text data-time="${hour.from}" x="${at * step}" y="${size.height + size.label - 2}">${hour.from.slice(11, 16)}</text>`)}</svg></div>`
}

interface Place {
  readonly x: number
  readonly width: number
  /** Of the highest bar. */
  readonly most: number
}

function bar(hour: BandHour, { x, width, most }: Place): Html {
  // Room above the highest bar for the mark of what was not counted.
  const scale = (size.height - 14) / most
  if (!hour.read)
    return html`<rect class="unread" x="${x}" y="${size.height - 20}" width="${width}" height="20"><title>${hour.from.slice(11, 16)}: not counted yet</title></rect>`
  let top = size.height
  const parts = hour.parts.map((part) => {
    const height = Math.max(2, part.count * scale)
    top -= height
    return html`<a href="${part.href}" tabindex="-1"><rect class="${part.kind}" x="${x}" y="${top.toFixed(1)}" width="${width}" height="${height.toFixed(1)}"><title>${hour.from.slice(11, 16)} UTC, ${part.title}: ${part.count}</title></rect></a>`
  })
  const mark =
    hour.more &&
    html`<path class="band-more" d="M${x + width / 2} ${(top - 10).toFixed(1)}v8m-4-4h8"><title>More than was counted</title></path>`
  return html`<g>${parts}${mark}</g>`
}
