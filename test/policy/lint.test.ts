// Every rule of the linter, both ways: what it tells of, and what is nearest to that and fine.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { DocumentKind } from '../../src/policy/language/document.ts'
import { ways } from '../../src/policy/lint/escalation.ts'
import { lint, rules } from '../../src/policy/lint.ts'
import { processorTime } from '../support/processor-time.ts'
import { allow, lintCases, policy } from './lint-cases.ts'

const told = (text: string, kind: DocumentKind) => lint(text, kind).map(({ rule }) => rule)

for (const [rule, kind, bad, fine] of lintCases)
  test(`${rule}: ${bad.slice(0, 120)}`, () => {
    assert.ok(told(bad, kind).includes(rule), JSON.stringify(lint(bad, kind)))
    assert.ok(!told(fine, kind).includes(rule), JSON.stringify(lint(fine, kind)))
  })

test('every rule has a case', () => {
  const tested = new Set(lintCases.map(([rule]) => rule))
  assert.deepEqual(
    [...rules.keys()].filter((rule) => !tested.has(rule)),
    [],
  )
})

test('every privilege escalation is reported when its actions are allowed, and not when they are denied', () => {
  for (const [name, { actions }] of ways) {
    assert.ok(told(allow(actions), 'identity').includes('privilege-escalation'), name)
    const denied = policy(
      { Effect: 'Allow', Action: actions, Resource: '*' },
      { Effect: 'Deny', Action: actions[0], Resource: '*' },
    )
    assert.ok(!told(denied, 'identity').includes('privilege-escalation'), name)
  }
})

test('ARNs that can match nothing are faults with their place', () => {
  for (const resource of ['arn:aws:docs:x', 'arn:aws:d*:::x', 'arn:aws:${aws:username}:x']) {
    const [finding] = lint(allow('docs:Get', resource), 'identity')
    assert.equal(finding?.rule, 'malformed', resource)
    assert.equal(finding?.severity, 'error')
  }
})

test('a finding covers the token it is about, from its first character to just after its last', () => {
  const text =
    '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "Docs:Get", "Resource": "x" }\n  ]\n}'
  const [finding] = lint(text, 'identity')
  assert.deepEqual(finding, {
    rule: 'action-prefix',
    severity: 'note',
    message: 'the service of `Docs:Get` is usually written `docs`',
    line: 4,
    column: 36,
    end: { line: 4, column: 46 },
    fix: 'write `docs:Get`',
  })
})

test('of two equal statements the later one is reported as redundant', () => {
  const one = { Effect: 'Allow', Action: 'docs:Get', Resource: 'x' }
  const text = policy({ Sid: 'A', ...one }, { Sid: 'B', ...one })
  const found = lint(text, 'identity')
  assert.equal(found.length, 1)
  assert.match(found[0]?.message ?? '', /^statement `B` is redundant: statement `A`/)
})

test('hostile texts end in findings, in bounded time', () => {
  const stars = Array.from({ length: 200 }, (_, at) => `${'*a'.repeat(20)}${at}`)
  const many = Array.from({ length: 60 }, (_, at) => ({
    Effect: at % 2 ? 'Deny' : 'Allow',
    Action: `docs:*${at}*`,
    Resource: stars.slice(at, at + 3),
  }))
  const spent = processorTime(() => {
    for (const text of ['', '{', '[]', 'null', '"\\ud800"', policy(...many), allow('docs:*', stars)])
      assert.ok(Array.isArray(lint(text, 'identity')))
  })
  assert.ok(spent < 20_000, `${spent} ms`)
})

test('whatever the text, lint gives findings with places and never throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      for (const { line, column, end } of lint(text, 'trust')) {
        assert.ok(line >= 1 && column >= 1)
        assert.ok(end.line > line || (end.line === line && end.column > column))
      }
    }),
    { numRuns: 300 },
  )
})
