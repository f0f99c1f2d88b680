import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trustRisks } from '../../../src/sts/trust-trial/trust-risks.ts'

const provider = 'arn:aws:iam::123456789012:oidc-provider/ci.example'
const statement = (condition: object | undefined, federated: unknown = provider) => ({
  Effect: 'Allow',
  Principal: { Federated: federated },
  Action: 'sts:AssumeRoleWithWebIdentity',
  ...(condition ? { Condition: condition } : {}),
})
const role = (...statements: object[]) => ({
  name: 'deploy',
  trust: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
})
const levels = (...statements: object[]) =>
  trustRisks(provider, [role(...statements)]).map(({ level, what }) => `${level}: ${what}`)

const pinned = { StringEquals: { 'ci.example:sub': 'repo:acme/docs:ref:main', 'ci.example:aud': 'sts' } }

test('a role that pins subject and audience is no risk', () => {
  assert.deepEqual(levels(statement(pinned)), [])
})

test('a subject left open, or with a wildcard before its owner, is a high risk of the provider', () => {
  const open = levels(statement({ StringEquals: { 'ci.example:aud': 'sts' } }))
  assert.match(open[0] ?? '', /^high: role `deploy`: .*trusts every token/)
  const wild = levels(
    statement({ StringEquals: { 'ci.example:aud': 'sts' }, StringLike: { 'ci.example:sub': 'repo:*' } }),
  )
  assert.match(wild[0] ?? '', /^high: role `deploy`: subject `repo:\*` has a wildcard before the owner/)
})

test('an audience left open is a medium one', () => {
  const any = levels(statement({ StringEquals: { 'ci.example:sub': 'repo:acme/docs:ref:main' } }))
  assert.deepEqual(any.length, 1)
  assert.match(any[0] ?? '', /^medium: role `deploy`: .*issued for any audience/)
})

test('statements about other providers are no risk of this one', () => {
  const other = 'arn:aws:iam::123456789012:oidc-provider/other.example'
  assert.deepEqual(levels(statement(undefined, other), statement(pinned)), [])
  assert.deepEqual(levels({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }), [])
  assert.equal(levels(statement(undefined, [other, provider])).length > 0, true)
})
