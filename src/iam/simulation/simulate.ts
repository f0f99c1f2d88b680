// Simulates existing or given policies for actions and resources, without performing the actions (API reference:
// SimulateCustomPolicy, SimulatePrincipalPolicy, GetContextKeysFor…). The policy engine decides, as for real requests. Unlike AWS's
// simulator, this one also evaluates the trust policy of a role of the account, for the sts: actions that assume it.

import { compile, policySet } from '../../policy/engine/compile.ts'
import { explain, type Layers } from '../../policy/engine/decide.ts'
import { accountOf as ownerOf } from '../../policy/language/arn.ts'
import type { Request } from '../../policy/request.ts'
import { Problem } from '../../problem.ts'
import type { Records } from '../../store/records.ts'
import { accountOf } from '../arn.ts'
import { getAuthorized } from '../authorization/authorized-principal.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { byName } from '../lookup.ts'
import { type ListPage, type ListRequest, limitOf } from '../paging.ts'
import { type SimulationResult, toResult } from './answer.ts'
import { type ContextEntryInput, contextIn, keysOf, numbered, type SimulatedPolicy, setOf } from './input.ts'
import {
  checkEntityArn,
  groupPolicies,
  parseEntityArn,
  type SimulatedCaller,
  simulatedCaller,
  unnamedCaller,
} from './principal.ts'

export interface SimulationInput extends ListRequest {
  readonly policies?: readonly string[] | undefined
  readonly boundaries?: readonly string[] | undefined
  readonly actions?: readonly string[] | undefined
  readonly resources?: readonly string[] | undefined
  readonly resourcePolicy?: string | undefined
  /** ARN of the account that owns resources whose ARN does not say. */
  readonly resourceOwner?: string | undefined
  readonly callerArn?: string | undefined
  readonly context?: readonly ContextEntryInput[] | undefined
}

/** The most combinations of action and resource of one simulation, over all pages. */
const maxSimulations = 100_000

/** The policies and the caller of one simulation. */
interface SimulationScope {
  readonly identity: readonly SimulatedPolicy[]
  readonly boundary: readonly SimulatedPolicy[] | undefined
  readonly guardrails: readonly (readonly SimulatedPolicy[])[]
  /** Undefined without a caller; then trust policies are not evaluated. */
  readonly caller: SimulatedCaller | undefined
}

export class Simulations {
  readonly #deps: IamDependencies

  constructor(deps: IamDependencies) {
    this.#deps = deps
  }

  /** Simulates the policies of the input only. */
  async simulateCustomPolicy(
    call: Call,
    input: SimulationInput & { readonly guardrails?: readonly (readonly string[])[] | undefined },
  ): Promise<ListPage<SimulationResult>> {
    const { authorizer, store } = this.#deps
    const accountId = accountOf(call.caller)
    await authorizer.authorize(call, 'iam:SimulateCustomPolicy', '*')
    const { boundaries, guardrails = [], callerArn } = input
    return this.#simulated(call, 'iam:SimulateCustomPolicy', input, {
      identity: numbered('PolicyInputList', input.policies),
      boundary: boundaries && numbered('PermissionsBoundaryPolicyInputList', boundaries),
      guardrails: guardrails.map((level) => numbered('ServiceControlPolicyInputList', level)),
      caller: callerArn === undefined ? undefined : await simulatedCaller(store, accountId, callerArn),
    })
  }

  /** Simulates the policies of a user (with those of the groups), a group or a role, together with those of the input. */
  async simulatePrincipalPolicy(
    call: Call,
    input: SimulationInput & { readonly arn: string },
  ): Promise<ListPage<SimulationResult>> {
    const accountId = accountOf(call.caller)
    const { policies, boundary } = await this.#policiesOf(call, 'iam:SimulatePrincipalPolicy', input.arn)
    const caller = input.callerArn ?? (input.arn.includes(':group/') ? undefined : input.arn)
    return this.#simulated(call, 'iam:SimulatePrincipalPolicy', input, {
      identity: [...policies, ...numbered('PolicyInputList', input.policies)],
      boundary: input.boundaries
        ? numbered('PermissionsBoundaryPolicyInputList', input.boundaries)
        : boundary,
      guardrails: [],
      caller: caller === undefined ? undefined : await simulatedCaller(this.#deps.store, accountId, caller),
    })
  }

  /** The context keys that the policies use, as they spell them. */
  async getContextKeysForCustomPolicy(
    call: Call,
    input: { readonly policies?: readonly string[] | undefined },
  ): Promise<readonly string[]> {
    await this.#deps.authorizer.authorize(call, 'iam:GetContextKeysForCustomPolicy', '*')
    return [...keysOf(numbered('PolicyInputList', input.policies)).values()]
  }

  async getContextKeysForPrincipalPolicy(
    call: Call,
    input: { readonly arn: string; readonly policies?: readonly string[] | undefined },
  ): Promise<readonly string[]> {
    const { policies } = await this.#policiesOf(call, 'iam:GetContextKeysForPrincipalPolicy', input.arn)
    const more = numbered('PolicyInputList', input.policies)
    return [...keysOf([...policies, ...more]).values()]
  }

  /** The policies and the boundary of a user, group or role. @throws Problem('denied'), Problem('not_found') */
  async #policiesOf(call: Call, action: string, arn: string) {
    const { authorizer, store } = this.#deps
    const accountId = accountOf(call.caller)
    // Malformed and unknown ARNs are authorized too, so that only callers with permission learn what is wrong.
    if (!/^arn:aws:iam::\d{12}:(user|group|role)\/./.test(arn) || ownerOf(arn) !== accountId)
      await authorizer.authorize(call, action, arn)
    const named = parseEntityArn(arn)
    const { kind, name } = named
    if (named.accountId !== accountId)
      throw new Problem('not_found', `The ${kind} with name ${name} cannot be found.`)
    const record = await getAuthorized(this.#deps, call, kind, name, action)
    checkEntityArn(arn, named, record)
    if (kind === 'group')
      return { policies: await groupPolicies(store, record as Records['group']), boundary: undefined }
    const facts = await authorizer.policiesOf({ kind, id: record.id })
    return { policies: facts?.identity ?? [], boundary: facts?.boundary }
  }

  async #simulated(
    call: Call,
    action: string,
    input: SimulationInput,
    setting: SimulationScope,
  ): Promise<ListPage<SimulationResult>> {
    const { markers } = this.#deps
    const questions = simulationPairs(input)
    const ask = await this.#asker(call, input, setting)
    // A marker only holds a position in the list; the request repeats the input.
    const list = `${action}:${questions.length}`
    const from = Number(markers.open(call, list, input.marker) ?? 0)
    const items: SimulationResult[] = []
    const end = Math.min(questions.length, from + limitOf(input))
    for (let at = from; at < end; at++) items.push(await ask(questions.at(at)))
    return { items, marker: end < questions.length ? markers.seal(call, list, String(end)) : undefined }
  }

  /** Compiles all policies once and returns a function that simulates one action and resource. */
  async #asker(call: Call, input: SimulationInput, setting: SimulationScope) {
    const accountId = accountOf(call.caller)
    const { identity, boundary, guardrails } = setting
    const { principal, keys } = setting.caller ?? unnamedCaller(accountId)
    const given = contextIn(input.context)
    const context = new Map([...clockKeys(call.circumstances.now), ...keys, ...given])
    const owner = parseResourceOwner(input.resourceOwner)
    const resource = resourceSet(input, setting)
    const fixed: Layers = {
      identity: setOf(identity, 'identity'),
      ...(boundary && { boundary: setOf(boundary, 'boundary') }),
      ...(guardrails.length > 0 && { guardrail: guardrails.map((level) => setOf(level, 'guardrail')) }),
      ...(resource && { resource }),
    }
    const spelled = new Map([
      ...keysOf(input.resourcePolicy === undefined ? [] : resourcePolicies(input.resourcePolicy), 'resource'),
      ...keysOf(boundary ?? [], 'boundary'),
      ...keysOf(identity, 'identity'),
    ])
    return async (question: {
      readonly action: string
      readonly resource: string
    }): Promise<SimulationResult> => {
      const trust = resource ? undefined : await this.#trustOf(accountId, question, setting)
      const account = ownerOf(question.resource)
      const request: Request = {
        principal,
        ...question,
        context,
        resourceAccount: account !== undefined && /^\d{12}$/.test(account) ? account : owner,
      }
      return toResult(question, explain(request, trust ? { ...fixed, trust } : fixed), spelled)
    }
  }

  /** The trust policy of the role that would be assumed. */
  async #trustOf(
    accountId: string,
    { action, resource }: { readonly action: string; readonly resource: string },
    { caller }: SimulationScope,
  ) {
    if (caller === undefined || !/^sts:(assumerole|tagsession$|setsourceidentity$)/i.test(action))
      return undefined
    const [, owner, name] = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(resource) ?? []
    if (owner !== accountId || name === undefined) return undefined
    const role = await byName(this.#deps.store, 'role', accountId, name)
    return role && policySet([compile(role.trust, 'trust', role.name)])
  }
}

const resourcePolicies = (document: string): readonly SimulatedPolicy[] => [
  { name: 'ResourcePolicy', document },
]

/** @throws Problem('invalid_input') when a resource policy is given without a caller */
function resourceSet({ resourcePolicy }: SimulationInput, { caller }: SimulationScope) {
  if (resourcePolicy === undefined) return undefined
  if (caller === undefined)
    throw new Problem('invalid_input', 'CallerArn is required when ResourcePolicy is given.')
  return setOf(resourcePolicies(resourcePolicy), 'resource')
}

const clockKeys = (now: number) =>
  [
    ['aws:currenttime', new Date(now * 1000).toISOString().replace('.000Z', 'Z')],
    ['aws:epochtime', String(now)],
  ] as const

/** @throws Problem('invalid_input') */
function parseResourceOwner(arn: string | undefined): string | undefined {
  if (arn === undefined) return undefined
  const [, account] = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(arn) ?? []
  if (account === undefined)
    throw new Problem('invalid_input', `Invalid ResourceOwner: ${arn} is not the ARN of an account.`)
  return account
}

/** All combinations of action and resource by index, so that a page only computes its own. @throws Problem('invalid_input') */
function simulationPairs({ actions = [], resources }: SimulationInput) {
  const on = resources === undefined || resources.length === 0 ? ['*'] : resources
  const length = actions.length * on.length
  if (length > maxSimulations)
    throw new Problem(
      'invalid_input',
      `${length} actions and resources together, expected at most ${maxSimulations}`,
    )
  for (const action of actions)
    if (!/^[^\s:*?]+:[^\s*?]+$/.test(action))
      throw new Problem(
        'invalid_input',
        `Invalid action name: ${action} is not \`service:Action\` without wildcards.`,
      )
  return {
    length,
    at: (index: number) => ({
      action: actions[Math.floor(index / on.length)]!,
      resource: on[index % on.length]!,
    }),
  }
}
