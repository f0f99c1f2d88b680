// The picture of access against the policy engine, for generated accounts: a complete allowed way exactly when the engine allows, a cut
// exactly when something denies, and no edge that the account does not have.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  groupPicture,
  policyPicture,
  rolePicture,
  trustedNames,
} from '../../../src/iam/access/around-pictures.ts'
import type { AccessEdge, AccessNode, AccessPicture } from '../../../src/iam/access/drawing.ts'
import type { AccessFacts, BoundaryFacts, RoleFacts } from '../../../src/iam/access/facts.ts'
import { accessPicture } from '../../../src/iam/access/picture.ts'
import { RolesInReach } from '../../../src/iam/access/roles-in-reach.ts'
import { compile, policySet } from '../../../src/policy/engine/compile.ts'
import { type Decision, decide } from '../../../src/policy/engine/decide.ts'
import type { DocumentKind } from '../../../src/policy/language/document.ts'
import { contextOf, type Principal } from '../../../src/policy/request.ts'
import { isLongForm } from '../../support/long-form.ts'
import { accountId } from '../fixture.ts'
import { now, personArn, personId, type World, world } from './random-accounts.ts'

const setOf = (policies: readonly { name: string; document: string | undefined }[], kind: DocumentKind) =>
  policySet(
    policies.flatMap(({ name, document: text }) => (text === undefined ? [] : [compile(text, kind, name)])),
  )

/** The engine's decisions, with principal and layers put together here. */
function engineOf({ facts, question }: World) {
  const { person, groups, roles, guardrails } = facts
  const limitsOf = (bound: BoundaryFacts | undefined) => ({
    ...(bound && { boundary: setOf([bound], 'boundary') }),
    ...(guardrails && { guardrail: [setOf(guardrails, 'guardrail')] }),
  })
  const clock = [
    ['aws:CurrentTime', '2025-06-15T15:06:40Z'],
    ['aws:EpochTime', String(now)],
  ] as const
  const keysOf = (tags: readonly { key: string; value: string }[]) =>
    tags.map(({ key, value }) => [`aws:PrincipalTag/${key}`, value] as const)
  const ada: Principal = { kind: 'user', accountId, arn: personArn, id: personId }
  const adaKeys = contextOf([
    ...clock,
    ['aws:PrincipalArn', personArn],
    ['aws:PrincipalAccount', accountId],
    ['aws:PrincipalType', 'User'],
    ['aws:userid', personId],
    ['aws:username', 'ada'],
    ...keysOf(person.tags),
    ...question.context,
  ])
  const adaLayers = {
    identity: setOf(
      [person, ...groups].flatMap(({ policies }) => policies),
      'identity',
    ),
    ...limitsOf(person.boundary),
  }
  const { action: asked, resource: on } = question
  const trusted = (one: RoleFacts) => setOf([{ name: one.arn, document: one.trust }], 'trust')
  const target = asked.startsWith('sts:Assume') ? roles.find(({ arn }) => arn === on) : undefined
  const own = decide(
    { principal: ada, action: asked, resource: on, resourceAccount: accountId, context: adaKeys },
    { ...adaLayers, ...(target && { trust: trusted(target) }) },
  )
  const asRoles = roles.map((role) => {
    const assume = decide(
      {
        principal: ada,
        action: 'sts:AssumeRole',
        resource: role.arn,
        resourceAccount: accountId,
        context: adaKeys,
      },
      { ...adaLayers, trust: trusted(role) },
    )
    const session = `arn:aws:sts::${accountId}:assumed-role/${role.name}/picture`
    const act = decide(
      {
        principal: { kind: 'role-session', accountId, arn: session, roleArn: role.arn, roleId: role.id },
        action: asked,
        resource: on,
        resourceAccount: accountId,
        context: contextOf([
          ...clock,
          ...question.context,
          ['aws:MultiFactorAuthPresent', 'false'],
          ['aws:PrincipalArn', role.arn],
          ['aws:PrincipalAccount', accountId],
          ['aws:PrincipalType', 'AssumedRole'],
          ['aws:userid', `${role.id}:picture`],
          ...keysOf(role.tags),
        ]),
      },
      { identity: setOf(role.policies, 'identity'), ...limitsOf(role.boundary) },
    )
    return { role, assume, act }
  })
  return { own, asRoles }
}

const nodeOf = ({ nodes }: AccessPicture, id: string): AccessNode => {
  const found = nodes.find((node) => node.id === id)
  assert.ok(found, `no node ${id}`)
  return found
}

/** Nodes that edges on the way reach, without going through what only limits. */
function onWayFrom(picture: AccessPicture, start: string): ReadonlySet<string> {
  const seen = new Set([start])
  for (const at of seen)
    for (const { from, to, onWay, kind } of picture.edges)
      if (from === at && onWay && kind !== 'limits') seen.add(to)
  return seen
}

const isGrant = (node: AccessNode): boolean =>
  node.kind === 'free' || (node.kind === 'statement' && node.effect === 'Allow')

const runs = { numRuns: isLongForm ? 5000 : 300 } as const

test('a complete allowed way exactly when the engine allows one of the ways', { timeout: 120_000 }, () => {
  let allowed = 0
  fc.assert(
    fc.property(world, ({ facts, question }) => {
      const picture = accessPicture(facts, question)
      const { own, asRoles } = engineOf({ facts, question })
      const ways = [
        own.effect === 'allow',
        ...asRoles.map(({ assume, act }) => assume.effect === 'allow' && act.effect === 'allow'),
      ]
      assert.deepEqual(
        picture.ways.map((way) => way.allowed),
        ways,
      )
      const nodes = [...onWayFrom(picture, `person:${personId}`)].map((id) => nodeOf(picture, id))
      const reached = nodes.some(
        (node) =>
          isGrant(node) || (node.kind === 'role' && node.arn === question.resource && own.effect === 'allow'),
      )
      assert.equal(reached, ways.includes(true))
      if (reached) allowed++
      // Of each role: its own policies are on the way when its way is allowed.
      for (const { role, assume, act } of asRoles) {
        const through = picture.edges.find(({ kind, to }) => kind === 'trust' && to === `role:${role.id}`)
        const direct = role.arn === question.resource && own.effect === 'allow'
        if (!direct) assert.equal(through?.onWay, assume.effect === 'allow' && act.effect === 'allow')
      }
    }),
    runs,
  )
  assert.ok(allowed > 20, `${allowed} were allowed`)
})

const denies = ({ reason, layer }: Decision): boolean =>
  reason === 'explicit_deny' ||
  (reason === 'implicit_deny' && (layer === 'boundary' || layer === 'guardrail'))

test('a cut exactly when a Deny or a limit denies, at what denies', { timeout: 120_000 }, () => {
  let cuts = 0
  fc.assert(
    fc.property(world, ({ facts, question }) => {
      const picture = accessPicture(facts, question)
      const { own, asRoles } = engineOf({ facts, question })
      // Becoming a role matters when the role may do what was asked.
      const decisions = [
        own,
        ...asRoles.flatMap(({ assume, act }) => (act.effect === 'allow' ? [assume] : [act])),
      ]
      const cut = picture.edges.filter((edge) => edge.cut)
      assert.equal(
        cut.length > 0,
        decisions.some(denies),
        JSON.stringify(decisions.map(({ reason, layer }) => [reason, layer])),
      )
      if (cut.length > 0) cuts++
      const explicit = decisions.some(({ reason }) => reason === 'explicit_deny')
      assert.equal(
        cut.some(({ kind }) => kind === 'deny' || kind === 'trust'),
        explicit,
      )
      for (const { kind } of cut) assert.ok(['deny', 'trust', 'limits'].includes(kind), kind)
    }),
    runs,
  )
  assert.ok(cuts > 20, `${cuts} had a cut`)
})

test('each edge is one that the account has, and each node is found from the person', {
  timeout: 120_000,
}, () => {
  fc.assert(
    fc.property(world, ({ facts, question }) => {
      for (const picture of [accessPicture(facts), accessPicture(facts, question)]) {
        const seen = new Set([`person:${personId}`])
        for (const at of seen) for (const { from, to } of picture.edges) if (from === at) seen.add(to)
        assert.deepEqual([...seen].sort(), picture.nodes.map(({ id }) => id).sort())
        for (const edge of picture.edges) checkEdge(facts, picture, edge)
      }
      assert.equal(
        accessPicture(facts).edges.some(({ onWay, cut, blocked, unmet }) => onWay || cut || blocked || unmet),
        false,
      )
    }),
    runs,
  )
})

function checkEdge(facts: AccessFacts, picture: AccessPicture, edge: AccessEdge): void {
  const { person, groups, roles } = facts
  const [from, to] = [nodeOf(picture, edge.from), nodeOf(picture, edge.to)]
  const bearer = [person, ...groups, ...roles].find(({ id }) => edge.from.endsWith(`:${id}`))
  if (edge.kind === 'member') assert.ok(to.kind === 'group' && groups.some(({ arn }) => arn === to.arn))
  else if (edge.kind === 'trust') assert.ok(to.kind === 'role' && roles.some(({ arn }) => arn === to.arn))
  else if (edge.kind === 'holds')
    assert.ok(to.kind === 'policy' && bearer?.policies.some(({ name }) => name === to.name))
  else if (edge.kind === 'limits') assert.ok(to.kind === 'boundary' || to.kind === 'guardrails')
  else if (to.kind !== 'free') {
    assert.ok(to.kind === 'statement')
    assert.equal(to.effect, edge.kind === 'allow' ? 'Allow' : 'Deny')
    assert.ok(['policy', 'boundary', 'guardrails'].includes(from.kind))
  }
}

test('a role is in reach when the engine allows it, and perhaps when conditions decide', {
  timeout: 120_000,
}, () => {
  const keys = [
    ['aws:MultiFactorAuthPresent', 'true'],
    ['aws:MultiFactorAuthPresent', 'false'],
    ['aws:SourceIp', '192.0.2.7'],
    ['aws:SourceIp', '203.0.113.7'],
  ] as const
  const circumstances = [[], ...keys.map((one) => [one]), [keys[0], keys[2]], [keys[0], keys[3]]]
  fc.assert(
    fc.property(world, ({ facts }) => {
      const inReach = new RolesInReach(facts, contextOf([]))
      const question = { action: 'docs:Read', resource: '*', context: contextOf([]) }
      for (const [at, role] of facts.roles.entries()) {
        const how = inReach.of(role)
        const may = (given: readonly (readonly [string, string])[]) =>
          engineOf({ facts, question: { ...question, context: contextOf(given) } }).asRoles[at]?.assume
            .effect === 'allow'
        assert.equal(how === 'yes', may([]))
        // What any circumstances allow is in reach; that something in reach needs circumstances that cannot be is no harm.
        if (how === 'no')
          for (const given of circumstances) assert.equal(may(given), false, JSON.stringify(given))
      }
    }),
    runs,
  )
})

test('the picture of a role, a group and a policy has a way exactly when the engine allows', {
  timeout: 120_000,
}, () => {
  fc.assert(
    fc.property(world, ({ facts, question }) => {
      const { guardrails, groups, roles, rolesHidden } = facts
      const around = { accountId, now, who: [], whoHidden: undefined, guardrails }
      const { asRoles } = engineOf({ facts, question })
      for (const [at, role] of roles.entries()) {
        const picture = rolePicture({ ...around, role }, question)
        checkLit(picture, asRoles[at]?.act, `role:${role.id}`)
      }
      for (const group of groups) {
        const member = { ...facts.person, id: 'x', policies: [], tags: [], boundary: undefined }
        const alone = engineOf({ facts: { ...facts, person: member, groups: [group], roles: [] }, question })
        const picture = groupPicture({ ...around, group, roles: [], rolesHidden }, question)
        // What names a person is another's there: only what the group gives to anybody is compared.
        if (!/username|userid|principalarn/i.test(JSON.stringify([group, guardrails]).toLowerCase()))
          checkLit(picture, alone.own, `group:${group.id}`)
      }
      for (const policy of facts.person.policies) {
        const picture = policyPicture({ ...around, policy }, question)
        const start = picture.nodes[0]?.id ?? ''
        assert.equal(
          picture.ways[0]?.allowed,
          picture.edges.some(({ from, onWay }) => from === start && onWay),
        )
      }
    }),
    runs,
  )
})

function checkLit(picture: AccessPicture, decision: Decision | undefined, start: string): void {
  const [way] = picture.ways
  assert.equal(way?.allowed, decision?.effect === 'allow')
  assert.equal(picture.nodes[0]?.id, start)
  const reached = [...onWayFrom(picture, start)].some((id) => {
    const { kind } = nodeOf(picture, id)
    return kind === 'statement' || kind === 'free' || kind === 'hidden'
  })
  assert.equal(reached, way?.allowed)
}

test('whom a trust policy lets in is named once, with what must hold', () => {
  const trust = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
  const allow = { Effect: 'Allow', Action: 'sts:AssumeRole' }
  const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
  for (const [document, expected] of [
    [
      trust({ ...allow, Principal: { AWS: ['AIDAXXXXXXXXXXXXX', '111122223333'] } }),
      ['AWS AIDAXXXXXXXXXXXXX', 'AWS 111122223333'],
    ],
    [trust({ ...allow, Principal: '*' }), ['AWS *']],
    [trust({ ...allow, Action: 'sts:TagSession', Principal: { AWS: 'AIDAXXXXXXXXXXXXX' } }), []],
    [
      trust({
        ...allow,
        Action: 'sts:Assume*',
        Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/p' },
      }),
      ['Federated arn:aws:iam::111122223333:oidc-provider/p'],
    ],
    [trust({ ...allow, Effect: 'Deny', Principal: { AWS: 'AIDAXXXXXXXXXXXXX' } }), []],
    [
      trust(
        { ...allow, Principal: { AWS: 'AIDAXXXXXXXXXXXXX' }, Condition: mfa },
        { ...allow, Principal: { AWS: 'AIDAXXXXXXXXXXXXX' }, Condition: mfa },
        { ...allow, Principal: { AWS: 'AIDAYYYYYYYYYYYYY' }, Condition: mfa },
        { ...allow, Principal: { AWS: 'AIDAYYYYYYYYYYYYY' } },
      ),
      ['AWS AIDAXXXXXXXXXXXXX if `aws:MultiFactorAuthPresent` is `true`', 'AWS AIDAYYYYYYYYYYYYY'],
    ],
  ] as const)
    assert.deepEqual(
      trustedNames(document).map(
        ({ type, name, condition }) => `${type} ${name}${condition === undefined ? '' : ` if ${condition}`}`,
      ),
      expected,
      document,
    )
})
