// The keys of the server on a line of time: what is drawn where, and that the list below says the same.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type KeyRow, keyLine, spanOf } from '../../views/console/settings/key-line.ts'
import { type Html, htmlText, inLanguage } from '../../views/html.ts'
import { translator } from '../../views/language.ts'

const english = (part: Html): string => htmlText(inLanguage(part, translator('en')))

const now = Date.parse('2027-03-01T12:00:00Z')
const day = 86_400_000
const iso = (days: number): string => new Date(now + days * day).toISOString().replace('.000', '')

const key = (state: KeyRow['state'], [created, active, expires]: readonly number[]): KeyRow => ({
  id: `${state}-key`,
  use: 'cookie',
  algorithm: 'HS256',
  state,
  createdAt: iso(created ?? 0),
  activeAt: iso(active ?? 0),
  ...(expires !== undefined && { expiresAt: iso(expires) }),
})
const keys = [key('previous', [-60, -40, 21]), key('current', [-40, -10]), key('next', [-10, 20])]

interface Bar {
  readonly kind: string
  readonly from: number
  readonly to: number
  readonly y: number
}

/** Places in percent of the width. */
const barsOf = (text: string): readonly Bar[] =>
  [...text.matchAll(/<rect class="([\w-]+)" x="([\d.]+)%" width="([\d.]+)%" y="([\d.]+)"/g)].map(
    ([, kind = '', x, width, y]) => ({ kind, from: Number(x), to: Number(x) + Number(width), y: Number(y) }),
  )

const textOf = (text: string): string => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

test('each key is drawn as long as it is published, signs and verifies', () => {
  const span = spanOf(keys, now)
  const place = (days: number) => ((now + days * day - span.from) / (span.to - span.from)) * 100
  const bars = barsOf(english(keyLine(keys, span)))
  const near = (bar: Bar | undefined, from: number, to: number) => {
    assert.ok(bar)
    assert.ok(Math.abs(bar.from - from) < 0.02, `${bar.kind} ${bar.from} ${from}`)
    assert.ok(Math.abs(bar.to - to) < 0.02, `${bar.kind} ${bar.to} ${to}`)
  }
  const [
    previousPublished,
    previousSigns,
    previousVerifies,
    currentPublished,
    currentSigns,
    ,
    nextPublished,
    nextSigns,
  ] = bars
  near(previousPublished, 0, place(-40))
  near(previousSigns, place(-40), place(-10))
  near(previousVerifies, place(-10), place(21))
  near(currentPublished, place(-40), place(-10))
  near(currentSigns, place(-10), place(20))
  near(nextPublished, place(-10), place(20))
  near(nextSigns, place(20), 100)
  assert.deepEqual(
    bars.map(({ kind }) => kind),
    ['published', 'signs', 'verifies', 'published', 'signs', 'verifies', 'published', 'will-sign'],
  )
  assert.equal(new Set(bars.map(({ y }) => y)).size, 3)
})

test('the drawing is hidden from screen readers, and the list below has its dates', () => {
  const text = english(keyLine(keys, spanOf(keys, now)))
  assert.match(text, /<svg [^>]*aria-hidden="true"/)
  const list = textOf(text.slice(text.indexOf('<ul')))
  assert.match(
    list,
    /Next key Published since 19 Feb 2027, 12:00 UTC , signs from 21 Mar 2027, 12:00 UTC \. next-key/,
  )
  assert.match(
    list,
    /Current key Signs since 19 Feb 2027, 12:00 UTC , until 21 Mar 2027, 12:00 UTC \. current-key/,
  )
  assert.match(list, /Former key Signed from 20 Jan 2027.* until 19 Feb 2027.*, verifies until 22 Mar 2027/)
})

test('keys that are kept for ever do not stretch the line, and nothing is drawn outside of it', () => {
  const kept = [key('previous', [-900, -800]), ...keys.slice(1)]
  const span = spanOf(kept, now)
  assert.ok(span.from > now - 63 * day - (span.to - span.from) / 10)
  const bars = barsOf(english(keyLine(kept, span)))
  for (const { from, to } of bars) assert.ok(from >= 0 && to <= 100.01, `${from} ${to}`)
  assert.ok(bars.some(({ kind, from, to }) => kind === 'verifies' && from < to))
  assert.match(textOf(english(keyLine(kept, span))), /and is kept to verify/)
})

test('a server that started just now shows a week before and after', () => {
  const span = spanOf([key('current', [0, 0]), key('next', [0, 30])], now)
  assert.ok(span.from < now - 7 * day)
  assert.ok(span.to > now + 30 * day)
})
