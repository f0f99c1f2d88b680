// Attaching a managed policy to a person, group or role, and detaching it: from the page of the policy, and from theirs.
import type { AttachForm } from '../../../views/console/access/holder-policies.ts'
import { policyPath } from '../../../views/console/frame/policy-path.ts'
import { t } from '../../../views/console/message.ts'
import { html } from '../../../views/html.ts'
import { Problem } from '../../problem.ts'
import type { Form } from '../../web/request/body.ts'
import { awsCommand } from '../frame/command.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { suggestionsFor } from '../frame/suggest.ts'
import {
  type AccessChange,
  accessChangeRoutes,
  type ChangePage,
  typedName,
  type Wrong,
} from './access-change.ts'
import type { HolderKind } from './holder-policies.ts'

export const attachmentPath = '/console/access/attach'

const kinds = ['user', 'group', 'role'] as const satisfies readonly HolderKind[]

const verbs = ['attach', 'detach'] as const
type Verb = (typeof verbs)[number]

type Attach = (
  request: ConsoleRequest,
  input: { readonly name: string; readonly policyArn: string },
) => Promise<void>

const changes: Readonly<Record<HolderKind, Readonly<Record<Verb, Attach>>>> = {
  user: {
    attach: ({ ports: { iam }, call }, input) => iam.attachUserPolicy(call, input),
    detach: ({ ports: { iam }, call }, input) => iam.detachUserPolicy(call, input),
  },
  group: {
    attach: ({ ports: { iam }, call }, input) => iam.attachGroupPolicy(call, input),
    detach: ({ ports: { iam }, call }, input) => iam.detachGroupPolicy(call, input),
  },
  role: {
    attach: ({ ports: { iam }, call }, input) => iam.attachRolePolicy(call, input),
    detach: ({ ports: { iam }, call }, input) => iam.detachRolePolicy(call, input),
  },
}

const questions = {
  attach: {
    user: 'Attach {policy} to the person {name}?',
    group: 'Attach {policy} to the group {name}?',
    role: 'Attach {policy} to the role {name}?',
  },
  detach: {
    user: 'Detach {policy} from the person {name}?',
    group: 'Detach {policy} from the group {name}?',
    role: 'Detach {policy} from the role {name}?',
  },
} as const

const verbOf = (form: Form): Verb => {
  const verb = verbs.find((one) => one === form.get('do'))
  if (verb === undefined) throw new Problem('validation', 'choose whether to attach or to detach')
  return verb
}

/** The ARN of a policy that was named by ARN or by its name; a policy of the account goes before a built-in one. */
async function policyArnOf({ ports, accountId }: ConsoleRequest, typed: string): Promise<string> {
  if (typed.startsWith('arn:')) return typed
  return (await ports.policyArnByName(accountId, typed)) ?? `arn:aws:iam::${accountId}:policy/${typed}`
}

function attachment(
  request: ConsoleRequest,
  p: { readonly kind: HolderKind; readonly name: string; readonly arn: string; readonly verb: Verb },
  fields: Readonly<Record<string, string>>,
): AccessChange {
  const { kind, name, arn, verb } = p
  const policy = arn.slice(arn.lastIndexOf('/') + 1)
  return {
    title: t(questions[verb][kind], { policy, name }),
    holder: { kind, name },
    verb,
    fields: { ...fields, do: verb },
    documents: () =>
      request.ports.iam.getAttachmentChange(request.call, { kind, name, policyArn: arn, change: verb }),
    make: () => changes[kind][verb](request, { name, policyArn: arn }),
    command: awsCommand(request.ports.issuer, `iam ${verb}-${kind}-policy`, {
      [`${kind}-name`]: name,
      'policy-arn': arn,
    }),
  }
}

/** The form of a policy's page, which names a person, group or role. */
export const policyAttachmentRoutes = (show: ChangePage['show']): readonly ConsoleRoute[] =>
  accessChangeRoutes({
    path: '/access/attach',
    section: 'access',
    async changeOf(request, form) {
      const kind = kinds.find((one) => one === form.get('kind'))
      if (kind === undefined) throw new Problem('validation', 'choose a person, a group or a role')
      const arn = form.get('arn') ?? ''
      const name = typedName(form, 'name', kind)
      return attachment(request, { kind, name, arn, verb: verbOf(form) }, { arn, kind, name })
    },
    back(_, form) {
      const arn = form.get('arn') ?? ''
      return { href: policyPath(arn), title: html`${arn.slice(arn.lastIndexOf('/') + 1)}` }
    },
    show,
  })

const words = { user: 'User', group: 'Group', role: 'Role' } as const

/** What the page of a person, group or role shows of the form. @param p.action path of the form */
export async function attachFormOf(
  request: ConsoleRequest,
  p: {
    readonly kind: HolderKind
    readonly arn: string
    readonly action: string
    readonly wrong: Wrong | undefined
  },
): Promise<AttachForm> {
  const denial = (verb: string) =>
    request.denial({ action: `iam:${verb}${words[p.kind]}Policy`, resource: p.arn })
  const [attach, detach] = await Promise.all([denial('Attach'), denial('Detach')])
  return {
    target: { action: p.action, token: request.token },
    denied: { attach, detach },
    policy: {
      ...p.wrong,
      suggestions: attach === undefined ? await suggestionsFor(request, 'policy') : undefined,
    },
  }
}

/**
 * The form of the page of a person, group or role, which names a policy.
 * @param page its path has a segment `:name`, under which the request has the name
 */
export const holderAttachmentRoutes = (
  page: Omit<ChangePage, 'changeOf' | 'back'> & {
    readonly kind: HolderKind
    readonly nameOf: (request: ConsoleRequest) => string
    /** The page with the form. */
    readonly pathOf: (name: string) => string
  },
): readonly ConsoleRoute[] =>
  accessChangeRoutes({
    ...page,
    async changeOf(request, form) {
      const name = page.nameOf(request)
      const arn = await policyArnOf(request, typedName(form, 'policy', 'policy'))
      return attachment(request, { kind: page.kind, name, arn, verb: verbOf(form) }, { policy: arn })
    },
    back(request) {
      const name = page.nameOf(request)
      return { href: page.pathOf(name), title: html`${name}` }
    },
  })
