// Policies as sentences.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type DocumentKind, parseDocument } from '../../../src/policy/language/document.ts'
import { inWords } from '../../../src/policy/language/in-words.ts'

const wordsOf = (statement: object, kind: DocumentKind = 'identity'): string => {
  const { document, faults } = parseDocument(
    JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    kind,
  )
  assert.ok(document, JSON.stringify(faults))
  return inWords(document)[0]?.text ?? ''
}

const rows: readonly (readonly [object, string, DocumentKind?])[] = [
  [{ Effect: 'Allow', Action: '*', Resource: '*' }, 'Allows every action on everything.'],
  [
    { Effect: 'Deny', NotAction: ['iam:*', 'sts:AssumeRole'], Resource: 'arn:aws:docs:::a' },
    'Denies every action except every action of `iam` and `sts:AssumeRole` on `arn:aws:docs:::a`.',
  ],
  [
    {
      Effect: 'Allow',
      Action: ['docs:Get', 'docs:List', 'docs:Put'],
      NotResource: 'arn:aws:docs:::secret/*',
      Condition: {
        IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.0.2.0/24'] },
        Bool: { 'aws:SecureTransport': 'true' },
      },
    },
    'Allows `docs:Get`, `docs:List` and `docs:Put` on everything except `arn:aws:docs:::secret/*`, only if `aws:SourceIp` is in `10.0.0.0/8` or `192.0.2.0/24` and `aws:SecureTransport` is `true`.',
  ],
  [
    {
      Effect: 'Deny',
      Action: 'docs:*',
      Resource: '*',
      Condition: {
        StringNotEquals: { 'aws:username': ['ada', 'bob'] },
        Null: { 'aws:MultiFactorAuthAge': 'true' },
      },
    },
    'Denies every action of `docs` on everything, if `aws:username` is not `ada` and `bob` and `aws:MultiFactorAuthAge` is absent.',
  ],
  [
    {
      Effect: 'Allow',
      Action: 'docs:Get',
      Resource: '*',
      Condition: {
        'ForAnyValue:StringLikeIfExists': { 'aws:TagKeys': 'team-*' },
        NumericLessThanEquals: { 'aws:MultiFactorAuthAge': '300' },
        DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' },
        StringNotLike: { 'aws:userid': 'x*' },
      },
    },
    'Allows `docs:Get` on everything, only if any value of `aws:TagKeys` matches `team-*`, when there is one, `aws:MultiFactorAuthAge` is at most `300`, `aws:CurrentTime` is after `2026-01-01T00:00:00Z` and `aws:userid` does not match `x*`.',
  ],
  [
    { Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' },
    'Allows the account `123456789012` to do `sts:AssumeRole`.',
    'trust',
  ],
  [
    {
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/ci.example' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { 'ci.example:sub': 'job' } },
    },
    'Allows tokens of `ci.example` to do `sts:AssumeRoleWithWebIdentity`, only if `sub` is `job`.',
    'trust',
  ],
  [
    {
      Effect: 'Allow',
      Principal: {
        AWS: ['arn:aws:iam::123456789012:root', 'arn:aws:iam::123456789012:user/ada'],
        Federated: 'arn:aws:iam::123456789012:saml-provider/corp',
      },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'ci.example:sub': 'job' } },
    },
    'Allows the account `123456789012`, `arn:aws:iam::123456789012:user/ada` and people of the SAML provider `corp` to do `sts:AssumeRole`, only if `ci.example:sub` is `job`.',
    'trust',
  ],
  [
    { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'docs:Get', Resource: '*' },
    'Denies everyone `docs:Get` on everything.',
    'resource',
  ],
  [
    { Effect: 'Allow', Principal: '*', Action: 'docs:Get', Resource: '*' },
    'Allows everyone to do `docs:Get` on everything.',
    'resource',
  ],
]

test('each statement is one sentence that names what it allows or denies', () => {
  for (const [statement, sentence, kind] of rows) assert.equal(wordsOf(statement, kind), sentence)
})

test('long lists are cut, with how many more there are', () => {
  const many = Array.from({ length: 20 }, (_, at) => `docs:Action${at}`)
  assert.match(
    wordsOf({ Effect: 'Allow', Action: many, Resource: '*' }),
    /`docs:Action4` and 15 more on everything\.$/,
  )
})

test('every effect, action and resource of a short statement is in its sentence', () => {
  const name = fc.stringMatching(/^[a-z]{1,8}$/)
  fc.assert(
    fc.property(
      fc.constantFrom('Allow', 'Deny'),
      fc.uniqueArray(name, { minLength: 1, maxLength: 6 }),
      name,
      (Effect, names, last) => {
        const Action = names.map((one) => `docs:${one}`)
        const text = wordsOf({ Effect, Action, Resource: `arn:aws:docs:::${last}` })
        assert.ok(text.startsWith(Effect === 'Allow' ? 'Allows ' : 'Denies '))
        for (const one of Action) assert.ok(text.includes(`\`${one}\``), one)
        assert.ok(text.includes(`on \`arn:aws:docs:::${last}\``))
      },
    ),
  )
})
