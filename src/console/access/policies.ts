// Managed policies: the list, and one of them with what it says, its warnings and whom it is attached to.
import {
  holdersReview,
  type PolicyView,
  policiesPage,
  policyPage,
} from '../../../views/console/access/access.ts'
import type { AroundView } from '../../../views/console/access/picture.ts'
import { isoOf } from '../../../views/console/frame/parts.ts'
import { policyPath } from '../../../views/console/frame/policy-path.ts'
import { t, type Words } from '../../../views/console/message.ts'
import { html } from '../../../views/html.ts'
import { missing } from '../../admin/missing.ts'
import { testedVersion } from '../../iam/managed-policy/tests.ts'
import type { PolicyTest } from '../../policy/engine/policy-tests.ts'
import { awsCommand } from '../frame/command.ts'
import { askToConfirm } from '../frame/confirm.ts'
import { sendList } from '../frame/download.ts'
import { isFormProblem } from '../frame/form.ts'
import { openFresh } from '../frame/fresh.ts'
import { listLinks } from '../frame/list.ts'
import { part } from '../frame/part.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { sentence } from '../frame/sentence.ts'
import { showPage } from '../frame/show.ts'
import { suggestionsFor } from '../frame/suggest.ts'
import { type Wrong, wrongIn } from './access-change.ts'
import { aroundPicture } from './around-picture.ts'
import { attachmentPath, policyAttachmentRoutes } from './attachment.ts'
import { sentencesOf, testViews } from './document-review.ts'
import { mostInFile, sendAccess } from './file.ts'
import { findingsOf } from './policy-review.ts'

const scopes = ['Local', 'AWS', 'All'] as const

const doneMessages: ReadonlyMap<string, Words> = new Map([
  ['saved', t('The policy was saved, and is in force.')],
  ['created', t('The policy was created. It grants nothing before it is attached.')],
  ['deleted', t('The policy was deleted.')],
  ['attach', t('The policy is attached.')],
  ['detach', t('The policy is detached.')],
])

const doneOf = ({ query }: ConsoleRequest): Words | undefined => doneMessages.get(query.get('done') ?? '')

const scopeOf = ({ query }: ConsoleRequest): (typeof scopes)[number] =>
  scopes.find((one) => one === query.get('scope')) ?? 'Local'

const list = async (request: ConsoleRequest, marker: string | undefined, maxItems: number) => {
  const found = await request.ports.iam.listPolicies(request.call, {
    scope: scopeOf(request),
    marker,
    maxItems,
  })
  return {
    items: found.items.map(({ policy, attachments, boundaries }) => ({
      name: policy.name,
      arn: policy.arn,
      description: policy.description,
      attachments,
      boundaries,
      updatedAt: isoOf(policy.updatedAt),
      own: policy.accountId === request.accountId,
    })),
    cursor: found.marker,
  }
}

async function showPolicies(request: ConsoleRequest): Promise<void> {
  const cursor = request.query.get('cursor') || undefined
  const scope = scopeOf(request)
  const { items, cursor: next } = await list(request, cursor, 50)
  await showPage(request, {
    section: 'access',
    title: t('Access'),
    body: policiesPage({
      policies: items,
      scope,
      links: listLinks('/console/access', { scope }, { cursor, next }),
      denied: await request.denial({
        action: 'iam:CreatePolicy',
        resource: `arn:aws:iam::${request.accountId}:policy/*`,
      }),
      done: doneOf(request),
      commands: [awsCommand(request.ports.issuer, 'iam list-policies', { scope })],
    }),
  })
}

const download =
  (format: 'csv' | 'json') =>
  (request: ConsoleRequest): Promise<void> =>
    sendList(request, format, {
      name: 'policies',
      page: (cursor) => list(request, cursor, 200),
      columns: [
        ['name', ({ name }) => name],
        ['attachments', ({ attachments }) => String(attachments)],
        ['updatedAt', ({ updatedAt }) => updatedAt],
        ['arn', ({ arn }) => arn],
      ],
    })

/** Readable JSON with two spaces; text that is no JSON stays as it is. */
export function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/**
 * The policy that an address names. What is no ARN of one is not asked for: IAM's sentence about it is not for people.
 * @throws Problem('not_found')
 */
function policyArnOf({ accountId }: ConsoleRequest, arn: string): string {
  if (/^arn:aws:iam::(?:\d{12}|aws):policy\/[!-~]{1,640}$/.test(arn)) return arn
  throw missing('policy', arn, accountId)
}

/** @throws Problem('not_found'), Problem('denied') */
export async function policyOf(
  request: ConsoleRequest,
  arn: string,
): Promise<PolicyView & { readonly tests: readonly PolicyTest[]; readonly base: string }> {
  const { iam } = request.ports
  const { policy } = await iam.getPolicy(request.call, { policyArn: policyArnOf(request, arn) })
  const { version } = await iam.getPolicyVersion(request.call, {
    policyArn: arn,
    versionId: policy.defaultVersion,
  })
  return {
    name: policy.name,
    arn,
    description: policy.description,
    own: policy.accountId === request.accountId,
    version: policy.defaultVersion,
    document: readable(version.document),
    versions: policy.versions.map(({ id, createdAt }) => ({
      id,
      createdAt: isoOf(createdAt),
      isDefault: id === policy.defaultVersion,
    })),
    tests: policy.tests ?? [],
    base: testedVersion(policy),
  }
}

/** The first hundred to whom a policy is attached. */
const entitiesOf = (request: ConsoleRequest, policyArn: string) =>
  part(async () => {
    const found = await request.ports.iam.listEntitiesForPolicy(request.call, { policyArn, maxItems: 100 })
    const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name)
    return { users: names(found.users), groups: names(found.groups), roles: names(found.roles) }
  })

/** Why the person may attach a policy to nobody. */
async function deniedToAll(request: ConsoleRequest): Promise<string | undefined> {
  const denials = await Promise.all(
    (['User', 'Group', 'Role'] as const).map((kind) =>
      request.denial({
        action: `iam:Attach${kind}Policy`,
        resource: `arn:aws:iam::${request.accountId}:${kind.toLowerCase()}/*`,
      }),
    ),
  )
  return denials.every((denial) => denial !== undefined) ? denials[0] : undefined
}

/** What was typed into the form that attaches it, and what is wrong with that. */
interface Attaching extends Wrong {
  readonly kind: string
}

async function showPolicy(
  request: ConsoleRequest,
  arn = request.query.get('arn') ?? '',
  wrong?: Attaching,
): Promise<void> {
  const policy = await policyOf(request, arn)
  const [entities, deniedAttach, edit, remove] = await Promise.all([
    entitiesOf(request, arn),
    deniedToAll(request),
    request.denial({ action: 'iam:CreatePolicyVersion', resource: arn }),
    request.denial({ action: 'iam:DeletePolicy', resource: arn }),
  ])
  await showPage(request, {
    section: 'access',
    title: html`${policy.name}`,
    status: wrong === undefined ? 200 : 422,
    body: policyPage({
      policy,
      sentences: sentencesOf(policy.document, 'identity'),
      // Built-in policies are what they are.
      findings: policy.own ? findingsOf(policy.document, 'identity') : [],
      tests: testViews(policy.document, policy.tests, request.accountId),
      entities,
      access: await policyAccess(request, policy),
      attach: {
        target: { action: attachmentPath, token: request.token },
        kind: wrong?.kind ?? 'group',
        name: { ...wrong, suggestions: await suggestionsFor(request, 'group', { ofSelect: 'f-kind' }) },
        denied: deniedAttach,
      },
      denied: { edit, remove },
      done: doneOf(request),
      commands: [
        awsCommand(request.ports.issuer, 'iam get-policy', { 'policy-arn': arn }),
        awsCommand(request.ports.issuer, 'iam list-entities-for-policy', { 'policy-arn': arn }),
      ],
    }),
  })
}

const policyAccess = (
  request: ConsoleRequest,
  { arn, name }: Pick<PolicyView, 'arn' | 'name'>,
): Promise<AroundView> =>
  aroundPicture(request, {
    here: '/console/access/policy',
    hidden: { arn },
    file: '/console/access/policy',
    read: (input) => request.ports.iam.getPolicyAccess(request.call, { ...input, policyArn: arn }),
    labels: {
      who: t('Who has it'),
      nobody: t('Nobody: it is attached to nothing.'),
      reaches: t('What it says'),
    },
    words: {
      ask: t('Does it allow this?'),
      who: t('whoever has {policy} and nothing else', { policy: name }),
      own: t('With this policy alone'),
    },
  })

const downloadAccess =
  (format: 'csv' | 'json') =>
  (request: ConsoleRequest): Promise<void> => {
    const policyArn = policyArnOf(request, request.query.get('arn') ?? '')
    return sendAccess(request, format, policyArn.slice(policyArn.lastIndexOf('/') + 1), (input) =>
      request.ports.iam.getPolicyAccess(request.call, { ...input, policyArn, who: mostInFile }),
    )
  }

async function askDelete(request: ConsoleRequest, problem?: string, given?: string): Promise<void> {
  const arn = given ?? request.query.get('arn') ?? ''
  const { name } = await policyOf(request, arn)
  const entities = await entitiesOf(request, arn)
  await askToConfirm(request, {
    section: 'access',
    title: t('Delete the policy {name}?', { name }),
    lead: t('A policy that is attached, or has several versions, is not deleted. This cannot be undone.'),
    crumb: { href: policyPath(arn), title: html`${name}` },
    action: '/console/access/delete',
    review: holdersReview(entities),
    hidden: { arn },
    button: t('Delete'),
    problem,
    commands: [awsCommand(request.ports.issuer, 'iam delete-policy', { 'policy-arn': arn })],
  })
}

async function remove(request: ConsoleRequest): Promise<void> {
  const arn = (await request.form()).get('arn') ?? ''
  if (!(await request.isFresh()))
    return request.signInAgain(`/console/access/delete?arn=${encodeURIComponent(arn)}`)
  try {
    await request.ports.iam.deletePolicy(request.call, { policyArn: arn })
  } catch (error) {
    if (!isFormProblem(error)) throw error
    return askDelete(request, sentence(error.message), arn)
  }
  request.redirect('/console/access?done=deleted')
}

export const policyRoutes: readonly ConsoleRoute[] = [
  ['GET', '/access', showPolicies],
  ['GET', '/access.csv', download('csv')],
  ['GET', '/access.json', download('json')],
  ['GET', '/access/policy', (request) => showPolicy(request)],
  ['GET', '/access/policy.csv', downloadAccess('csv')],
  ['GET', '/access/policy.json', downloadAccess('json')],
  ...policyAttachmentRoutes((request, problem, form) =>
    showPolicy(request, form.get('arn') ?? '', {
      ...wrongIn(form, 'name', problem),
      kind: form.get('kind') ?? 'group',
    }),
  ),
  ['GET', '/access/delete', openFresh((request) => askDelete(request))],
  ['POST', '/access/delete', remove],
]
