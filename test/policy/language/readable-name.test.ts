// Which names a person would read as what they are (policy/language/readable-name.ts).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { describePolicy } from '../../../src/policy/language/describe.ts'
import { nameFault } from '../../../src/policy/language/readable-name.ts'
import { isProblem } from '../../../src/problem.ts'

const names: readonly (readonly [why: string, name: string, fault: RegExp | undefined])[] = [
  ['ASCII', 'arn:aws:docs:::handbook/2026-Q1_(draft)/*', undefined],
  ['one space', 'my notes/*', undefined],
  ['German', 'Übersicht/Straße', undefined],
  ['Vietnamese', 'tài liệu/*', undefined],
  ['Russian', 'docs/справочник/*', undefined],
  ['Greek', 'docs/εγχειρίδιο/*', undefined],
  ['Japanese with Latin', 'docs/API仕様書/*', undefined],
  ['Korean', 'docs/안내서/*', undefined],
  ['Hebrew', 'docs/מדריך/*', undefined],
  ['Hindi', 'docs/पुस्तिका/*', undefined],
  ['a right-to-left override', 'hand\u202ekoob/*', /invisible/],
  ['an isolate', 'hand\u2066book\u2069/*', /invisible/],
  ['a right-to-left mark', 'handbook\u200f/*', /invisible/],
  ['a zero-width space', 'hand\u200bbook/*', /invisible/],
  ['a zero-width joiner', 'hand\u200dbook/*', /invisible/],
  ['a soft hyphen', 'hand\u00adbook/*', /invisible/],
  ['a variation selector', 'handbook\ufe0f/*', /invisible/],
  ['a Hangul filler', 'handbook\u3164/*', /invisible/],
  ['a tag character', 'handbook\u{e0061}/*', /invisible/],
  ['a line break', 'handbook\n/*', /invisible/],
  ['a line separator', 'handbook\u2028/*', /invisible/],
  ['half a surrogate pair', 'handbook\ud800/*', /invisible/],
  ['a private character', 'handbook\ue000/*', /invisible/],
  ['a no-break space', 'hand\u00a0book/*', /invisible/],
  ['two spaces', 'handbook  x/*', /spaces/],
  ['a space at the end', 'handbook/ ', /spaces/],
  ['wide letters', 'ｈandbook/*', /another form/],
  ['mathematical letters', '𝐡andbook/*', /another form/],
  ['a ligature', 'oﬃce/*', /another form/],
  ['a decomposed letter', 'U\u0308bersicht/*', /another form/],
  ['a Cyrillic letter in a Latin word', 'h\u0430ndbook/*', /several scripts/],
  ['a Greek letter in a Latin word', 'handb\u03bfok/*', /several scripts/],
  ['an Armenian letter in a Latin word', 'handb\u0585ok/*', /several scripts/],
  ['a Cyrillic word drawn as a Latin one', '\u0441\u043e\u0440\u0443/*', /looks like/],
  ['a Greek word drawn as a Latin one', '\u0391\u0392\u0395/*', /looks like/],
  ['a Cherokee word', '\u13aa\u13de/*', /looks like/],
]
for (const [why, name, fault] of names)
  test(`${why}: ${fault === undefined ? 'is shown' : `is not (${fault.source})`}`, () => {
    const found = nameFault(name)
    if (fault === undefined) assert.equal(found, undefined)
    else assert.match(found ?? '', fault)
    const Resource = `arn:aws:docs:::${name.replace(/^arn:.*:/, '')}`
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'docs:GetDocument', Resource }],
    })
    const described = () => describePolicy(policy, 'session')
    if (fault === undefined) assert.equal(described().allows.length, 1)
    else assert.throws(described, (error: unknown) => isProblem(error, 'malformed_policy'))
  })

test('a name of visible ASCII is always shown', () => {
  fc.assert(fc.property(fc.stringMatching(/^[!-~]{1,40}$/), (name) => nameFault(name) === undefined))
})
