// What a document allows at most, and which statements concern a request.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { compile, policySet } from '../../../src/policy/engine/compile.ts'
import { coveringStatements } from '../../../src/policy/engine/coverage.ts'
import { decide } from '../../../src/policy/engine/decide.ts'
import { assumeConditions } from '../../../src/policy/language/assume-conditions.ts'
import { type ContextValue, contextOf, type Principal, type Request } from '../../../src/policy/request.ts'

const principal: Principal = {
  kind: 'user',
  accountId: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/ann',
  id: 'AIDAANNEXAMPLE',
}
const requestWith = (context: Readonly<Record<string, ContextValue>>): Request => ({
  principal,
  action: 'docs:Read',
  resource: 'arn:aws:docs:::a',
  context: contextOf(Object.entries(context)),
})
const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })
const statement = (Effect: string, Condition?: object): object => ({
  Effect,
  Action: 'docs:Read',
  Resource: '*',
  ...(Condition && { Condition }),
})
const isKnown = (key: string): boolean => key === 'jwt:known'
const known = (value: string) => ({ StringEquals: { 'jwt:known': value } })
const unknown = (value: string) => ({ StringEquals: { 'jwt:unknown': value } })
const assumed = (...statements: readonly object[]) => {
  const text = assumeConditions(document(...statements), 'identity', isKnown)
  return text === undefined ? undefined : (JSON.parse(text) as { Statement: unknown }).Statement
}

test('conditions on unknown keys are left out of an Allow, and a Deny that has one is left out', () => {
  const both = { StringEquals: { 'jwt:known': 'a', 'jwt:unknown': 'b' } }
  assert.deepEqual(assumed(statement('Allow', unknown('b'))), [statement('Allow')])
  assert.deepEqual(assumed(statement('Allow', both)), [statement('Allow', known('a'))])
  assert.deepEqual(assumed(statement('Allow'), statement('Deny', both)), [statement('Allow')])
  assert.equal(assumed(statement('Deny', unknown('b'))), undefined)
})

test('a document without unknown keys, or that is none, is returned as it is', () => {
  for (const text of [document(statement('Deny', known('a'))), 'no document'])
    assert.equal(assumeConditions(text, 'identity', isKnown), text)
})

const text = fc.constantFrom('a', 'b')
const anyStatement = fc.record({
  effect: fc.constantFrom('Allow', 'Deny'),
  known: fc.option(text, { nil: undefined }),
  unknown: fc.option(text, { nil: undefined }),
})
const condition = (keys: { known: string | undefined; unknown: string | undefined }) => {
  const entries = Object.entries(keys).filter(([, value]) => value !== undefined)
  if (entries.length === 0) return undefined
  return { StringEquals: Object.fromEntries(entries.map(([key, value]) => [`jwt:${key}`, value])) }
}

test('law: it allows what the document allows with some value of the unknown keys', () => {
  fc.assert(
    fc.property(fc.array(anyStatement, { minLength: 1, maxLength: 4 }), text, text, (list, one, other) => {
      const written = document(...list.map(({ effect, ...keys }) => statement(effect, condition(keys))))
      const atMost = assumeConditions(written, 'identity', isKnown)
      const request = requestWith({ 'jwt:known': one, 'jwt:unknown': other })
      const effectOf = (policy: string) =>
        decide(request, { identity: policySet([compile(policy, 'identity', 'p')]) }).effect
      if (effectOf(written) === 'allow') assert.equal(atMost && effectOf(atMost), 'allow')
    }),
  )
})

test('statements that concern a request are told apart from those that apply', () => {
  const set = policySet([
    compile(
      document(statement('Allow', known('a')), statement('Deny', known('b')), {
        ...statement('Allow'),
        Action: 'docs:Write',
      }),
      'identity',
      'p',
    ),
  ])
  const found = coveringStatements(requestWith({ 'jwt:known': 'a' }), set, 'identity', false)
  assert.deepEqual(
    found.map(({ ref, allow, holds }) => [ref.index, allow, holds]),
    [
      [0, true, true],
      [1, false, false],
    ],
  )
})
