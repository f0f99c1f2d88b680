// What happened in the last 24 hours as a bar for each hour, and the same as tables. The drawing is for the eyes alone; the
// tables have the same numbers and links for a keyboard and a screen reader.
import { type Fragment, type Html, html } from '../../html.ts'
import { table, when } from '../frame/parts.ts'
import { t, type Words } from '../message.ts'

export type LastDayKind = 'sign-in' | 'exchange' | 'refused' | 'denied' | 'failed'

export interface LastDayPart {
  readonly kind: LastDayKind
  readonly title: Words
  readonly count: number
  /** Activity, filtered so. */
  readonly href: string
}

export interface LastDayHour {
  /** ISO 8601. */
  readonly from: string
  readonly href: string
  /** False: not counted yet. */
  readonly read: boolean
  /** There may be more than was counted. */
  readonly more: boolean
  /** From the bottom to the top of the bar. */
  readonly parts: readonly LastDayPart[]
}

export interface LastDayTotal extends LastDayPart {
  readonly more: boolean
}

export interface LastDayView {
  /** The oldest first. */
  readonly hours: readonly LastDayHour[]
  readonly totals: readonly LastDayTotal[]
}

/** Of the drawing, in its own units. */
const size = { width: 960, height: 150, gap: 6, label: 18 } as const

const kinds: Readonly<Record<LastDayKind, Words>> = {
  'sign-in': t('Sign-ins'),
  exchange: t('Exchanges'),
  refused: t('Refused'),
  denied: t('Denied'),
  failed: t('Failed'),
}

/** `more than 12`, when there may be more. */
const howOften = (count: number, more: boolean): Fragment =>
  more ? t('more than {count}', { count }) : count

const sumOf = ({ parts }: Pick<LastDayHour, 'parts'>): number =>
  parts.reduce((sum, { count }) => sum + count, 0)

export const lastDay = (p: LastDayView): Html => html`${drawing(p.hours)}
${table(
  t('The last 24 hours'),
  [
    {
      title: t('What'),
      cell: (one) =>
        html`<span class="swatch ${one.kind}" aria-hidden="true"></span><a class="strong" href="${one.href}">${one.title}</a>`,
    },
    { title: t('Kind'), cell: (one) => kinds[one.kind] },
    { title: t('How often'), cell: (one) => howOften(one.count, one.more) },
  ],
  p.totals,
  t('Nothing happened.'),
)}
${p.hours.some(({ read }) => !read) && html`<p class="note">${t('Some hours are not counted yet. They are when this page is loaded again.')}</p>`}
<details class="command"><summary>${t('Hour by hour')}</summary>${hourTable(p.hours)}</details>`

const hourTable = (hours: readonly LastDayHour[]): Html =>
  table(
    t('Hour by hour'),
    [
      { title: t('From'), cell: (one) => html`<a href="${one.href}">${when(one.from)}</a>` },
      ...(Object.keys(kinds) as LastDayKind[]).map((kind) => ({
        title: kinds[kind],
        cell: (one: LastDayHour) =>
          one.read ? sumOf({ parts: one.parts.filter((part) => part.kind === kind) }) : '–',
      })),
      {
        title: t('All'),
        cell: (one) => (one.read ? howOften(sumOf(one), one.more) : t('Not counted yet')),
      },
    ],
    hours.toReversed(),
    '',
  )

const drawing = (hours: readonly LastDayHour[]): Html => {
  const most = Math.max(1, ...hours.map(sumOf))
  const step = size.width / Math.max(1, hours.length)
  return html`<div class="last-day"><svg viewBox="0 0 ${size.width} ${size.height + size.label}" aria-hidden="true" focusable="false">${hours.map((hour, at) => bar(hour, { x: at * step, width: step - size.gap, most }))}<path class="last-day-base" d="M0 ${size.height}h${size.width}"/>${hours.map((hour, at) => at % 6 === 0 && html`<text data-time="${hour.from}" x="${at * step}" y="${size.height + size.label - 2}">${hour.from.slice(11, 16)}</text>`)}</svg></div>`
}

interface Place {
  readonly x: number
  readonly width: number
  /** Of the highest bar. */
  readonly most: number
}

function bar(hour: LastDayHour, { x, width, most }: Place): Html {
  // Room above the highest bar for the mark of what was not counted.
  const scale = (size.height - 14) / most
  const time = `${hour.from.slice(11, 16)} UTC`
  if (!hour.read)
    return html`<rect class="unread" x="${x}" y="${size.height - 20}" width="${width}" height="20"><title>${t('{time}: not counted yet', { time })}</title></rect>`
  let top = size.height
  const parts = hour.parts.map((part) => {
    const height = Math.max(2, part.count * scale)
    top -= height
    return html`<a href="${part.href}" tabindex="-1"><rect class="${part.kind}" x="${x}" y="${top.toFixed(1)}" width="${width}" height="${height.toFixed(1)}"><title>${t('{time}, {what}: {count}', { time, what: part.title, count: part.count })}</title></rect></a>`
  })
  const mark =
    hour.more &&
    html`<path class="last-day-more" d="M${x + width / 2} ${(top - 10).toFixed(1)}v8m-4-4h8"><title>${t('More than was counted')}</title></path>`
  return html`<g>${parts}${mark}</g>`
}
