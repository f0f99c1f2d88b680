// What would be allowed: policies as they are, or as they might be, asked about actions and resources without doing
// anything (API reference: SimulateCustomPolicy, SimulatePrincipalPolicy, GetContextKeysFor…). The answers are the
// engine's, so they are the ones that would be given. Unlike AWS's simulator, ours asks trust policies too: of a role
// of the account, for the sts: actions that become it.
import { accountOf as ownerOf } from '../../policy/arn.ts'
import { compile, policySet } from '../../policy/compile.ts'
import { explain, type Layers } from '../../policy/decide.ts'
import type { Request } from '../../policy/request.ts'
import { Problem } from '../../problem.ts'
import type { Records } from '../../store/records.ts'
import { accountOf } from '../arn.ts'
import { opened } from '../authorization/authorized-principal.ts'
import type { Call } from '../caller.ts'
import type { Parts } from '../dependencies.ts'
import { byName } from '../lookup.ts'
import { type Listed, type ListRequest, limitOf } from '../paging.ts'
import { resultOf, type SimulationResult } from './answer.ts'
import { type ContextEntryInput, contextIn, keysOf, numbered, type SimulatedPolicy, setOf } from './input.ts'
import {
  bearerNamed,
  callerNamed,
  groupPolicies,
  nobody,
  type SimulatedCaller,
  sameArn,
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

/** Questions of one simulation, over all its pages. */
const mostQuestions = 100_000

/** What the questions of one simulation have in common. */
interface Setting {
  readonly identity: readonly SimulatedPolicy[]
  readonly boundary: readonly SimulatedPolicy[] | undefined
  readonly guardrails: readonly (readonly SimulatedPolicy[])[]
  /** Undefined when nobody in particular asks: then trust policies are not asked. */
  readonly caller: SimulatedCaller | undefined
}

export const simulations = (parts: Parts) => {
  const { store, authorizer, markers } = parts

  return {
    /** The policies of the input alone. */
    async simulateCustomPolicy(
      call: Call,
      input: SimulationInput & { readonly guardrails?: readonly (readonly string[])[] | undefined },
    ): Promise<Listed<SimulationResult>> {
      const accountId = accountOf(call.caller)
      await authorizer.authorize(call, 'iam:SimulateCustomPolicy', '*')
      const { boundaries, guardrails = [], callerArn } = input
      return simulated(call, 'iam:SimulateCustomPolicy', input, {
        identity: numbered('PolicyInputList', input.policies),
        boundary: boundaries && numbered('PermissionsBoundaryPolicyInputList', boundaries),
        guardrails: guardrails.map((level) => numbered('ServiceControlPolicyInputList', level)),
        caller: callerArn === undefined ? undefined : await callerNamed(store, accountId, callerArn),
      })
    },

    /** The policies of a user with their groups, of a group or of a role; the input's come on top. */
    async simulatePrincipalPolicy(
      call: Call,
      input: SimulationInput & { readonly arn: string },
    ): Promise<Listed<SimulationResult>> {
      const accountId = accountOf(call.caller)
      const { policies, boundary } = await policiesOf(call, 'iam:SimulatePrincipalPolicy', input.arn)
      const caller = input.callerArn ?? (input.arn.includes(':group/') ? undefined : input.arn)
      return simulated(call, 'iam:SimulatePrincipalPolicy', input, {
        identity: [...policies, ...numbered('PolicyInputList', input.policies)],
        boundary: input.boundaries
          ? numbered('PermissionsBoundaryPolicyInputList', input.boundaries)
          : boundary,
        guardrails: [],
        caller: caller === undefined ? undefined : await callerNamed(store, accountId, caller),
      })
    },

    /** The keys that the policies ask for, as they spell them. */
    async getContextKeysForCustomPolicy(
      call: Call,
      input: { readonly policies?: readonly string[] | undefined },
    ): Promise<readonly string[]> {
      await authorizer.authorize(call, 'iam:GetContextKeysForCustomPolicy', '*')
      return [...keysOf(numbered('PolicyInputList', input.policies)).values()]
    },

    async getContextKeysForPrincipalPolicy(
      call: Call,
      input: { readonly arn: string; readonly policies?: readonly string[] | undefined },
    ): Promise<readonly string[]> {
      const { policies } = await policiesOf(call, 'iam:GetContextKeysForPrincipalPolicy', input.arn)
      const more = numbered('PolicyInputList', input.policies)
      return [...keysOf([...policies, ...more]).values()]
    },
  }

  /** What hangs on the user, group or role. @throws Problem('denied'), Problem('not_found') */
  async function policiesOf(call: Call, action: string, arn: string) {
    const accountId = accountOf(call.caller)
    // Also an ARN that names nobody is authorised first, so that only who may ask learns what is wrong with it.
    if (!/^arn:aws:iam::\d{12}:(user|group|role)\/./.test(arn) || ownerOf(arn) !== accountId)
      await authorizer.authorize(call, action, arn)
    const named = bearerNamed(arn)
    const { kind, name } = named
    if (named.accountId !== accountId)
      throw new Problem('not_found', `The ${kind} with name ${name} cannot be found.`)
    const record = await opened(parts, call, kind, name, action)
    sameArn(arn, named, record)
    if (kind === 'group')
      return { policies: await groupPolicies(store, record as Records['group']), boundary: undefined }
    const facts = await authorizer.policiesOf({ kind, id: record.id })
    return { policies: facts?.identity ?? [], boundary: facts?.boundary }
  }

  async function simulated(
    call: Call,
    action: string,
    input: SimulationInput,
    setting: Setting,
  ): Promise<Listed<SimulationResult>> {
    const questions = questionsOf(input)
    const ask = await asker(call, input, setting)
    // A place in the list is all a marker says; the input comes again with it.
    const list = `${action}:${questions.length}`
    const from = Number(markers.open(call, list, input.marker) ?? 0)
    const items: SimulationResult[] = []
    const end = Math.min(questions.length, from + limitOf(input))
    for (let at = from; at < end; at++) items.push(await ask(questions.at(at)))
    return { items, marker: end < questions.length ? markers.seal(call, list, String(end)) : undefined }
  }

  /** Compiles everything once, and then answers one question at a time. */
  async function asker(call: Call, input: SimulationInput, setting: Setting) {
    const accountId = accountOf(call.caller)
    const { identity, boundary, guardrails } = setting
    const { principal, keys } = setting.caller ?? nobody(accountId)
    const given = contextIn(input.context)
    const context = new Map([...clockKeys(call.circumstances.now), ...keys, ...given])
    const owner = ownerNamed(input.resourceOwner)
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
      const trust = resource ? undefined : await trustOf(accountId, question, setting)
      const account = ownerOf(question.resource)
      const request: Request = {
        principal,
        ...question,
        context,
        resourceAccount: account !== undefined && /^\d{12}$/.test(account) ? account : owner,
      }
      return resultOf(question, explain(request, trust ? { ...fixed, trust } : fixed), spelled)
    }
  }

  /** The trust policy of the role that would be assumed. */
  async function trustOf(
    accountId: string,
    { action, resource }: { readonly action: string; readonly resource: string },
    { caller }: Setting,
  ) {
    if (caller === undefined || !/^sts:(assumerole|tagsession$|setsourceidentity$)/i.test(action))
      return undefined
    const [, owner, name] = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(resource) ?? []
    if (owner !== accountId || name === undefined) return undefined
    const role = await byName(store, 'role', accountId, name)
    return role && policySet([compile(role.trust, 'trust', role.name)])
  }
}

const resourcePolicies = (document: string): readonly SimulatedPolicy[] => [
  { name: 'ResourcePolicy', document },
]

/** @throws Problem('invalid_input') when nobody is said to ask */
function resourceSet({ resourcePolicy }: SimulationInput, { caller }: Setting) {
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
function ownerNamed(arn: string | undefined): string | undefined {
  if (arn === undefined) return undefined
  const [, account] = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(arn) ?? []
  if (account === undefined)
    throw new Problem('invalid_input', `Invalid ResourceOwner: ${arn} is not the ARN of an account.`)
  return account
}

/** Every action with every resource, by place, so that a page costs no more than itself. @throws Problem('invalid_input') */
function questionsOf({ actions = [], resources }: SimulationInput) {
  const on = resources === undefined || resources.length === 0 ? ['*'] : resources
  const length = actions.length * on.length
  if (length > mostQuestions)
    throw new Problem(
      'invalid_input',
      `${length} actions and resources together, expected at most ${mostQuestions}`,
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
