// Generated accounts for the picture of access: inline and managed policies, groups, boundaries, guardrails, and roles with trust
// policies of this account and of others, drawn from a small world so that policies and questions meet often.
import fc from 'fast-check'
import type { AccessFacts, BoundaryFacts, PolicyFacts, RoleFacts } from '../../../src/iam/access/facts.ts'
import { contextOf, type Request } from '../../../src/policy/request.ts'
import { accountId, otherAccountId } from '../fixture.ts'

export const now = 1_750_000_000
export const personId = 'AIDAADAADAADAADA'
export const personArn = `arn:aws:iam::${accountId}:user/ada`
const roleArn = (at: number): string => `arn:aws:iam::${accountId}:role/r${at}`
const managedArn = (name: string): string => `arn:aws:iam::${accountId}:policy/${name}`

const few = <T>(of: fc.Arbitrary<T>, maxLength: number, minLength = 0) =>
  fc.array(of, { minLength, maxLength })
const some = (...values: readonly string[]) => few(fc.constantFrom(...values), 2, 1)

const action = some('*', 'docs:*', 'docs:Read', 'docs:Write', 'sts:AssumeRole', 'sts:*', 'mail:Send')
const resource = some(
  '*',
  'arn:aws:docs:::a/*',
  'arn:aws:docs:::a/1',
  'arn:aws:docs:::${aws:username}/*',
  roleArn(0),
)
const condition = fc.option(
  fc.constantFrom(
    { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
    { StringNotEquals: { 'aws:PrincipalTag/team': 'red' } },
    { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
    { Null: { 'aws:username': 'true' } },
    { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } },
  ),
  { nil: undefined },
)
const effect = fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny')
const either = <T>(one: string, other: string, value: fc.Arbitrary<T>) =>
  fc.tuple(fc.integer({ min: 0, max: 4 }), value).map(([at, of]) => ({ [at === 0 ? other : one]: of }))
const statement = fc
  .tuple(
    effect,
    either('Action', 'NotAction', action),
    either('Resource', 'NotResource', resource),
    condition,
  )
  .map(([Effect, actions, resources, Condition]) => ({
    Effect,
    ...actions,
    ...resources,
    ...(Condition && { Condition }),
  }))
const documentOf = <T>(of: fc.Arbitrary<T>) =>
  few(of, 3, 1).map((Statement) => JSON.stringify({ Version: '2012-10-17', Statement }))
const document = documentOf(statement)
const principal = fc.constantFrom<unknown>(
  { AWS: personId },
  { AWS: accountId },
  '*',
  { AWS: otherAccountId },
  { AWS: [`arn:aws:iam::${otherAccountId}:user/eve`, personId] },
  { Service: 'jobs.example' },
)
const trust = documentOf(
  fc
    .tuple(effect, principal, some('sts:AssumeRole', 'sts:*', 'sts:TagSession'), condition)
    .map(([Effect, Principal, Action, Condition]) => ({
      Effect,
      Principal,
      Action,
      ...(Condition && { Condition }),
    })),
)

/** The text of a managed policy is that of its name, whoever has it. */
const managedTexts = fc.tuple(document, document, document)
const team = few(fc.constantFrom({ key: 'team', value: 'red' }, { key: 'team', value: 'blue' }), 1)

export interface World {
  readonly facts: AccessFacts
  readonly question: {
    readonly action: string
    readonly resource: string
    readonly context: Request['context']
  }
}

export const world: fc.Arbitrary<World> = managedTexts.chain((texts) => {
  const managed = fc
    .integer({ min: 0, max: 2 })
    .map((at): PolicyFacts => ({ name: managedArn(`p${at}`), document: texts[at] ?? '' }))
  const policies = fc
    .tuple(few(document, 1), fc.uniqueArray(managed, { maxLength: 2, selector: ({ name }) => name }))
    .map(([inline, attached]) => [
      // Of the same name on everybody who has one.
      ...inline.map((text): PolicyFacts => ({ name: 'inline', document: text })),
      ...attached,
    ])
  const boundary: fc.Arbitrary<BoundaryFacts | undefined> = fc.option(
    fc.oneof(managed, fc.constant({ name: managedArn('gone'), document: undefined })),
    { nil: undefined, freq: 3 },
  )
  const group = (at: number) =>
    policies.map((held) => ({
      id: `AGPA${at}`,
      kind: 'group' as const,
      name: `g${at}`,
      arn: `arn:aws:iam::${accountId}:group/g${at}`,
      policies: held,
    }))
  const role = (at: number): fc.Arbitrary<RoleFacts> =>
    fc.tuple(policies, boundary, trust, team).map(([held, bound, text, tags]) => ({
      id: `AROA${at}`,
      kind: 'role' as const,
      name: `r${at}`,
      arn: roleArn(at),
      policies: held,
      boundary: bound,
      trust: text,
      tags,
    }))
  return fc
    .record({
      own: policies,
      boundary,
      tags: team,
      groups: fc.integer({ min: 0, max: 2 }).chain((n) => fc.tuple(...[0, 1].slice(0, n).map(group))),
      roles: fc.integer({ min: 0, max: 3 }).chain((n) => fc.tuple(...[0, 1, 2].slice(0, n).map(role))),
      guardrails: fc.option(
        few(document, 2, 1).map((all) =>
          all.map((text, at): PolicyFacts => ({ name: `guard${at}`, document: text })),
        ),
        { nil: undefined, freq: 2 },
      ),
      action: fc.constantFrom(
        'docs:Read',
        'docs:Write',
        'mail:Send',
        'sts:AssumeRole',
        'sts:GetCallerIdentity',
      ),
      resource: fc.constantFrom('arn:aws:docs:::a/1', 'arn:aws:docs:::ada/2', '*', roleArn(0)),
      given: few(
        fc.constantFrom(
          ['aws:MultiFactorAuthPresent', 'true'] as const,
          ['aws:SourceIp', '192.0.2.7'] as const,
        ),
        2,
      ),
    })
    .map(({ own, boundary: bound, tags, groups, roles, guardrails, given, ...asked }) => ({
      facts: {
        accountId,
        now,
        person: {
          id: personId,
          kind: 'person' as const,
          name: 'ada',
          arn: personArn,
          policies: own,
          boundary: bound,
          tags,
          disabled: false,
        },
        groups,
        roles,
        rolesHidden: undefined,
        guardrails,
      },
      question: { ...asked, context: contextOf(given) },
    }))
})
