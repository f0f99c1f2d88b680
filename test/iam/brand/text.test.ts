// Names and colours of organizations, as people type them and as attackers do.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  accentFault,
  contrast,
  readColour,
  type Scheme,
  schemeColours,
  textOn,
} from '../../../src/iam/brand/accent.ts'
import { readName } from '../../../src/iam/brand/name.ts'

describe('names', () => {
  const accepted: readonly (readonly [string, string])[] = [
    ['Acme', 'Acme'],
    ['  Acme   Ltd.  ', 'Acme Ltd.'],
    ['Müller & Söhne <GmbH>', 'Müller & Söhne <GmbH>'],
    ['Cafe\u0301', 'Café'],
    ['Acme: Tools', 'Acme: Tools'],
    ['株式会社アクメ', '株式会社アクメ'],
    ['شركة أكمي', 'شركة أكمي'],
    ['نیم\u200cفاصله', 'نیم\u200cفاصله'],
    ['👩\u200d🚀 Space', '👩\u200d🚀 Space'],
    ['🚀', '🚀'],
    ['a'.repeat(60), 'a'.repeat(60)],
    ['🚀'.repeat(60), '🚀'.repeat(60)],
    ['constructor', 'constructor'],
  ]
  for (const [typed, name] of accepted)
    test(JSON.stringify(typed.slice(0, 30)), () => assert.deepEqual(readName(typed), { name }))

  const refused: readonly (readonly [string, string, RegExp])[] = [
    ['nothing', '', /letter/],
    ['spaces', ' \u3000 ', /letter/],
    ['dots', '...', /letter/],
    ['a line break into a mail header', 'Acme\r\nBcc: x@evil.example', /line breaks/],
    ['a line separator', 'Acme\u2028x', /line breaks/],
    ['a tab', 'Acme\tx', /line breaks/],
    ['NUL', 'Acme\0', /line breaks/],
    ['an override of direction', 'Acme \u202egro.live', /direction/],
    ['an isolate', '\u2066Acme\u2069', /direction/],
    ['a mark of direction', 'Acme\u200f', /direction/],
    ['a zero-width space', 'Ac\u200bme', /direction/],
    ['a soft hyphen', 'Ac\u00adme', /direction/],
    ['a byte order mark', '\ufeffAcme', /direction/],
    ['tags', 'Acme\u{e0041}', /direction/],
    ['a joiner at the end', 'Acme\u200d', /invisible/],
    ['joiners alone', '\u200d\u200c', /letter/],
    ['half of a character', 'Acme\ud800', /line breaks/],
    ['a private character', 'Acme\ue000', /line breaks/],
    ['marks in a tower', `A${'\u0316'.repeat(40)}`, /marks/],
    ['61 characters', 'a'.repeat(61), /61 characters/],
    ['a megabyte', 'a'.repeat(1_000_000), /1000000 characters/],
  ]
  for (const [what, typed, why] of refused)
    test(`refused: ${what}`, () => {
      const read = readName(typed)
      assert.ok('fault' in read, what)
      assert.match(read.fault, why)
    })
})

describe('colours', () => {
  for (const [typed, colour] of [
    ['#0B6BCB', '#0b6bcb'],
    [' #abc ', '#aabbcc'],
    ['#000', '#000000'],
    ['red', undefined],
    ['#12345', undefined],
    ['#1234567', undefined],
    ['#0b6bcb;}body{display:none}', undefined],
    ['0b6bcb', undefined],
    ['rgb(1,2,3)', undefined],
    ['url(https://evil.example)', undefined],
    ['', undefined],
  ] as const)
    test(JSON.stringify(typed), () => assert.equal(readColour(typed), colour))

  test('contrast is that of WCAG', () => {
    assert.equal(contrast('#000000', '#ffffff'), 21)
    assert.equal(contrast('#ffffff', '#ffffff'), 1)
    // Known pairs of its examples: the lightest grey that text on white may have.
    assert.equal(contrast('#767676', '#ffffff') >= 4.5, true)
    assert.equal(contrast('#777777', '#ffffff') >= 4.5, false)
  })

  test('a colour on which neither text can be read is refused with the nearest on which one can', () => {
    const fault = accentFault('#7a7a7a')
    assert.ok(fault)
    assert.ok(fault.ratio < 4.5)
    assert.equal(fault.nearest, '#767676')
    assert.equal(accentFault(fault.nearest), undefined)
    assert.equal(accentFault('#0b6bcb'), undefined)
    assert.equal(accentFault('#ffd400'), undefined)
  })

  const channel = fc.integer({ min: 0, max: 255 })
  const anyColour = fc
    .tuple(channel, channel, channel)
    .map((rgb) => `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`)

  test('law: of every colour that is accepted, all that is shown can be read in both schemes', () => {
    fc.assert(
      fc.property(anyColour, fc.constantFrom<Scheme>('light', 'dark'), (colour, scheme) => {
        const fault = accentFault(colour)
        const accent = fault?.nearest ?? colour
        assert.equal(accentFault(accent), undefined, colour)
        const shown = schemeColours(accent, scheme)
        assert.ok(contrast(shown.button, shown.buttonText) >= 4.5)
        assert.ok(contrast(shown.buttonHover, shown.buttonText) >= 4.5)
        for (const ground of scheme === 'light' ? ['#f5f4f0', '#ffffff'] : ['#111114', '#1a1a1f']) {
          assert.ok(contrast(shown.link, ground) >= 4.5, `${colour} ${shown.link} ${ground}`)
          assert.ok(contrast(shown.ring, ground) >= 3)
          assert.ok(contrast(shown.buttonEdge, ground) >= 3)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('law: the nearest colour of one that is refused is at most a few steps away', () => {
    fc.assert(
      fc.property(anyColour, (colour) => {
        const fault = accentFault(colour)
        fc.pre(fault !== undefined)
        assert.ok(textOn(fault?.nearest ?? '').ratio >= 4.5)
        assert.ok(contrast(colour, fault?.nearest ?? '') < 1.2)
      }),
    )
  })
})
