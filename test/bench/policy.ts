// The policy engine beside its peers: the same policies and the same requests for all, each in its own words. Policies:
// one statement each, `docs:Read` and `docs:List` on one team's documents. Requests: half allowed, half not.
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { newEnforcer, newModelFromString } from 'casbin'
import { compile, type PolicySet, policySet } from '../../src/policy/engine/compile.ts'
import { decide, explain } from '../../src/policy/engine/decide.ts'
import { contextOf, type Request } from '../../src/policy/request.ts'

/** As run.ts prints it. */
interface Figure {
  readonly value: number
  readonly unit: string
  readonly spread: readonly [number, number]
}

export const policyTitles = {
  policy_decide_10: 'policy: decide, 10 policies',
  policy_decide_1000: 'policy: decide, 1,000 policies',
  policy_decide_10000: 'policy: decide, 10,000 policies',
  policy_decide_conditions: 'policy: decide, 10 policies with a variable and two conditions each',
  policy_explain_10: 'policy: explain, 10 policies',
  policy_explain_nearest_10: 'policy: explain with the nearest change in words, 10 policies',
  policy_first_decision_100: 'policy: first decision over 100 documents never seen',
  policy_bytes_per_statement: 'policy: memory per compiled statement, index and text included',
  policy_cedar_10: 'cedar-wasm, pre-parsed, 10 policies',
  policy_cedar_1000: 'cedar-wasm, pre-parsed, 1,000 policies',
  policy_casbin_10: 'casbin, 10 policies',
  policy_casbin_1000: 'casbin, 1,000 policies',
} as const

const rounds = 7
const roundMs = 150

const median = (samples: readonly number[], unit: string): Figure => {
  const sorted = samples.toSorted((a, b) => a - b)
  const round = (value: number): number => Number(value.toPrecision(4))
  return {
    value: round(sorted[sorted.length >> 1]!),
    unit,
    spread: [round(sorted[0]!), round(sorted.at(-1)!)],
  }
}

type Subject = (index: number) => boolean | Promise<boolean>

/** Calls per second in one round; every answer is checked against what it must be. */
async function rate(subject: Subject, count: number): Promise<number> {
  let calls = 0
  const began = performance.now()
  let passed = 0
  while (passed < roundMs) {
    for (let at = 0; at < count; at++) {
      const answer = subject(at)
      const allowed = typeof answer === 'boolean' ? answer : await answer
      if (allowed !== (at % 2 === 0)) throw new Error(`request ${at} was answered ${allowed}`)
    }
    calls += count
    passed = performance.now() - began
  }
  return calls / (passed / 1000)
}

/** Rounds of all subjects interleaved, so that the machine's drift hits them alike; the first warms up. */
async function interleaved(subjects: Readonly<Record<string, [Subject, number]>>) {
  const samples = new Map<string, number[]>(Object.keys(subjects).map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++)
    for (const [name, [subject, count]] of Object.entries(subjects)) {
      const perSecond = await rate(subject, count)
      if (round > 0) samples.get(name)!.push(perSecond)
    }
  return Object.fromEntries([...samples].map(([name, rates]) => [name, median(rates, 'decisions/s')]))
}

const principal = {
  kind: 'user',
  accountId: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/ann',
  id: 'AIDAANNEXAMPLE',
} as const
const context = contextOf([
  ['aws:username', 'ann'],
  ['aws:SourceIp', '10.1.2.3'],
  ['aws:PrincipalTag/team', 'red'],
])

const text = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })
const plainText = (team: number): string =>
  text({ Action: ['docs:Read', 'docs:List'], Resource: `arn:aws:docs:::team-${team}/*` })
const conditionText = (team: number): string =>
  text({
    Action: ['docs:Read', 'docs:List'],
    Resource: `arn:aws:docs:::team-${team}/\${aws:username}/*`,
    Condition: {
      IpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
      StringEquals: { 'aws:PrincipalTag/team': ['red', 'blue'] },
    },
  })

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)
const setOf = (count: number, make: (team: number) => string): PolicySet =>
  policySet(range(count).map((team) => compile(make(team), 'identity', `team-${team}`)))

/** Every other request asks for an action no policy allows. */
const asked = (index: number, teams: number) => ({
  team: (index * 7919) % teams,
  action: index % 2 === 0 ? 'Read' : 'Delete',
})

function ourRequests(teams: number): readonly Request[] {
  return range(1000).map((index) => {
    const { team, action } = asked(index, teams)
    return { principal, action: `docs:${action}`, resource: `arn:aws:docs:::team-${team}/ann/plan`, context }
  })
}

function ours(count: number, make: (team: number) => string, verb = decide): [Subject, number] {
  const layers = { identity: setOf(count, make) }
  const requests = ourRequests(count)
  return [(at) => verb(requests[at]!, layers).effect === 'allow', requests.length]
}

/** Everything an explanation says is read; the nearest change, which is for people, where `nearest` says so. */
function explained(count: number, nearest: boolean): [Subject, number] {
  const layers = { identity: setOf(count, plainText) }
  const requests = ourRequests(count)
  return [
    (at) => {
      const explanation = explain(requests[at]!, layers)
      const { effect, layers: reports, conditions, missing } = explanation
      if (reports.length !== 1 || conditions.length + missing.length > 0) return at % 2 !== 0
      const change = nearest ? explanation.nearest : undefined
      return effect === 'allow' && change === undefined
    },
    requests.length,
  ]
}

function cedarSubject(count: number): [Subject, number] {
  const id = `bench-${count}`
  const policies = range(count)
    .map(
      (team) =>
        `permit(principal == User::"ann", action in [Action::"Read", Action::"List"], resource in Team::"${team}");`,
    )
    .join('\n')
  const parsed = cedar.preparsePolicySet(id, { staticPolicies: policies })
  if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed))
  const calls = range(200).map((index) => {
    const { team, action } = asked(index, count)
    const resource = { type: 'Doc', id: `team-${team}/ann/plan` }
    return {
      principal: { type: 'User', id: 'ann' },
      action: { type: 'Action', id: action },
      resource,
      context: {},
      preparsedPolicySetId: id,
      entities: [{ uid: resource, attrs: {}, parents: [{ type: 'Team', id: String(team) }] }],
    }
  })
  return [
    (at) => {
      const answer = cedar.statefulIsAuthorized(calls[at]!)
      return answer.type === 'success' && answer.response.decision === 'allow'
    },
    calls.length,
  ]
}

async function casbinSubject(count: number): Promise<[Subject, number]> {
  const enforcer = await newEnforcer(
    newModelFromString(`
[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, act
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.sub == p.sub && keyMatch(r.obj, p.obj) && r.act == p.act`),
  )
  await enforcer.addPolicies(
    range(count).flatMap((team) => ['Read', 'List'].map((action) => ['ann', `team-${team}/*`, action])),
  )
  const calls = range(count > 100 ? 50 : 200).map((index) => asked(index, count))
  return [
    (at) => enforcer.enforceSync('ann', `team-${calls[at]!.team}/ann/plan`, calls[at]!.action),
    calls.length,
  ]
}

/** A principal whose 100 documents nobody has seen: read, compiled, merged, indexed and asked. */
function firstDecision(): Figure {
  const samples = range(rounds + 3).map((round) => {
    const texts = range(100).map((team) => plainText(1_000_000 * (round + 1) + team))
    const request = ourRequests(10)[0]!
    const began = performance.now()
    decide(request, { identity: policySet(texts.map((one, at) => compile(one, 'identity', `new-${at}`))) })
    return performance.now() - began
  })
  return median(samples.slice(3), 'ms')
}

/** Heap that 10,000 statements keep, after they were asked once. Without --expose-gc the collector is not ours to call. */
async function bytesPerStatement(): Promise<Figure> {
  const { setFlagsFromString } = await import('node:v8')
  const { runInNewContext } = await import('node:vm')
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const count = 10_000
  const samples: number[] = []
  const kept: PolicySet[] = []
  for (let round = 0; round < 3; round++) {
    collect()
    const before = process.memoryUsage().heapUsed
    const set = setOf(count, (team) => conditionText(team + 10_000_000 * (round + 1)))
    decide(ourRequests(10)[0]!, { identity: set })
    kept.push(set)
    collect()
    samples.push((process.memoryUsage().heapUsed - before) / count)
  }
  if (kept.length !== samples.length)
    throw new Error('unreachable: keeps the sets alive while they are measured')
  return median(samples, 'B')
}

/** Every figure of policyTitles. */
export async function benchPolicy(): Promise<Record<string, Figure>> {
  // Before the heap is full of what the other subjects keep.
  const policy_first_decision_100 = firstDecision()
  const rates = await interleaved({
    policy_decide_10: ours(10, plainText),
    policy_decide_1000: ours(1000, plainText),
    policy_decide_10000: ours(10_000, plainText),
    policy_decide_conditions: ours(10, conditionText),
    policy_explain_10: explained(10, false),
    policy_explain_nearest_10: explained(10, true),
    policy_cedar_10: cedarSubject(10),
    policy_cedar_1000: cedarSubject(1000),
    policy_casbin_10: await casbinSubject(10),
    policy_casbin_1000: await casbinSubject(1000),
  })
  return {
    ...rates,
    policy_first_decision_100,
    policy_bytes_per_statement: await bytesPerStatement(),
  }
}
