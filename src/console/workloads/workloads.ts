// Workloads: the list of roles, one of them with who may become it, and whether a token would match its trust policy.

import type { AroundView } from '../../../views/console/access/picture.ts'
import { isoOf } from '../../../views/console/frame/parts.ts'
import { known, t, type Words } from '../../../views/console/message.ts'
import {
  type RoleRow,
  rolePage,
  rolePath,
  type TrialView,
  trustEditorPage,
  workloadsPage,
} from '../../../views/console/workloads/workloads.ts'
import { html } from '../../../views/html.ts'
import { isRequestable } from '../../iam/access-requests/requestable.ts'
import { readerDescription } from '../../iam/bootstrap.ts'
import { comparisonOf } from '../../iam/policy-document/document-comparison.ts'
import { formatFailedCondition } from '../../policy/engine/report.ts'
import type { Problem } from '../../problem.ts'
import { workloadJob } from '../../sts/outside/workload-job.ts'
import { type Wrong, wrongIn } from '../access/access-change.ts'
import { aroundPicture } from '../access/around-picture.ts'
import { attachFormOf, holderAttachmentRoutes } from '../access/attachment.ts'
import { sentencesOf } from '../access/document-review.ts'
import { mostInFile, sendAccess } from '../access/file.ts'
import { holderPolicies } from '../access/holder-policies.ts'
import { readable } from '../access/policies.ts'
import { changesAccess, comparedOf, findingsOf, findingsOfEach } from '../access/policy-review.ts'
import { awsCommand } from '../frame/command.ts'
import { askToConfirm } from '../frame/confirm.ts'
import { sendList } from '../frame/download.ts'
import { isFormProblem } from '../frame/form.ts'
import { openFresh, staleProblem } from '../frame/fresh.ts'
import { listLinks } from '../frame/list.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { sentence } from '../frame/sentence.ts'
import { showPage } from '../frame/show.ts'

type Role = Awaited<ReturnType<ConsoleRequest['ports']['iam']['getRole']>>

const doneMessages: ReadonlyMap<string, Words> = new Map([
  ['created', t('The role was created. It may do nothing before a policy is attached.')],
  ['trust', t('The trust policy was saved.')],
  ['deleted', t('The role was deleted.')],
  ['attach', t('The policy is attached.')],
  ['detach', t('The policy is detached.')],
  ['askable', t('People can ask for this role.')],
  ['not-askable', t('Nobody can ask for this role any more.')],
])

const doneOf = ({ query }: ConsoleRequest): Words | undefined => doneMessages.get(query.get('done') ?? '')

/** What people wrote stays as it is. */
const descriptionOf = (description: string | undefined): Words | undefined =>
  description === readerDescription
    ? known(description)
    : description === undefined || description === ''
      ? undefined
      : html`${description}`

const rowOf = (
  { name, description, trust, lastUsed }: Role,
  findings: readonly { readonly severity: string }[],
): RoleRow => ({
  name,
  description: descriptionOf(description),
  trusts: sentencesOf(trust, 'trust').map(({ text }) => text),
  warnings: findings.filter(({ severity }) => severity !== 'note').length,
  lastUsed: lastUsed === undefined ? undefined : isoOf(lastUsed),
})

const list = async (request: ConsoleRequest, marker: string | undefined, maxItems: number) => {
  const { items, marker: cursor } = await request.ports.iam.listRoles(request.call, { marker, maxItems })
  return { items, cursor }
}

async function showWorkloads(request: ConsoleRequest): Promise<void> {
  const cursor = request.query.get('cursor') || undefined
  const { items, cursor: next } = await list(request, cursor, 25)
  const findings = await findingsOfEach(
    items.map(({ trust }) => trust),
    'trust',
  )
  await showPage(request, {
    section: 'workloads',
    title: t('Workloads'),
    body: workloadsPage({
      roles: items.map((role, at) => rowOf(role, findings[at] ?? [])),
      links: listLinks('/console/workloads', {}, { cursor, next }),
      denied: await request.denial({
        action: 'iam:CreateRole',
        resource: `arn:aws:iam::${request.accountId}:role/*`,
      }),
      done: doneOf(request),
      commands: [awsCommand(request.ports.issuer, 'iam list-roles')],
    }),
  })
}

const arnOf = ({ accountId, path, name }: Role): string => `arn:aws:iam::${accountId}:role${path}${name}`

const download =
  (format: 'csv' | 'json') =>
  (request: ConsoleRequest): Promise<void> =>
    sendList(request, format, {
      name: 'roles',
      async page(cursor) {
        const found = await list(request, cursor, 200)
        return {
          ...found,
          items: found.items.map((role) => ({
            name: role.name,
            arn: arnOf(role),
            description: role.description,
            trust: role.trust,
            lastUsed: role.lastUsed === undefined ? undefined : isoOf(role.lastUsed),
          })),
        }
      },
      columns: [
        ['name', ({ name }) => name],
        ['arn', ({ arn }) => arn],
        ['description', ({ description }) => description],
        ['lastUsed', ({ lastUsed }) => lastUsed],
      ],
    })

interface Trial {
  readonly view?: TrialView
  readonly problem?: Words
  /** Of the form that attaches a policy. */
  readonly policy?: Wrong
}

const roleAccess = (request: ConsoleRequest, roleName: string): Promise<AroundView> =>
  aroundPicture(request, {
    here: rolePath(roleName),
    read: (input) => request.ports.iam.getRoleAccess(request.call, { ...input, roleName }),
    labels: {
      who: t('Who may become it'),
      nobody: t('Nobody.'),
      reaches: t('What it reaches'),
    },
    words: {
      ask: t('Can it do this?'),
      who: html`${roleName}`,
      own: t('As the role {role}', { role: roleName }),
    },
  })

const downloadAccess =
  (format: 'csv' | 'json') =>
  (request: ConsoleRequest): Promise<void> => {
    const roleName = request.param('role')
    return sendAccess(request, format, roleName, (input) =>
      request.ports.iam.getRoleAccess(request.call, { ...input, roleName, who: mostInFile }),
    )
  }

async function showRole(request: ConsoleRequest, trial: Trial = {}): Promise<void> {
  const { iam, issuer } = request.ports
  const name = request.param('role')
  const role = await iam.getRole(request.call, { roleName: name })
  const arn = arnOf(role)
  const [access, policies, attach, edit, remove, tag, untag] = await Promise.all([
    roleAccess(request, role.name),
    holderPolicies(request, 'role', name),
    attachFormOf(request, {
      kind: 'role',
      arn,
      action: `${rolePath(role.name)}/policies`,
      wrong: trial.policy,
    }),
    request.denial({ action: 'iam:UpdateAssumeRolePolicy', resource: arn }),
    request.denial({ action: 'iam:DeleteRole', resource: arn }),
    request.denial({ action: 'iam:TagRole', resource: arn }),
    request.denial({ action: 'iam:UntagRole', resource: arn }),
  ])
  const requestable = isRequestable(role)
  await showPage(request, {
    section: 'workloads',
    title: html`${role.name}`,
    status: (trial.problem ?? trial.policy) === undefined ? 200 : 422,
    body: rolePage({
      role: {
        name: role.name,
        arn,
        description: descriptionOf(role.description),
        maxSessionDuration: role.maxSessionDuration,
        createdAt: isoOf(role.createdAt),
        lastUsed: role.lastUsed === undefined ? undefined : isoOf(role.lastUsed),
        trust: readable(role.trust),
      },
      sentences: sentencesOf(role.trust, 'trust'),
      findings: findingsOf(role.trust, 'trust'),
      job: workloadJob(role.trust, { roleArn: arn, endpoint: issuer }),
      policies,
      attach,
      denied: { edit, remove },
      access,
      requestable: {
        target: { action: `${rolePath(role.name)}/requestable`, token: request.token },
        requestable,
        denied: requestable ? untag : tag,
      },
      trial: trial.view,
      trialProblem: trial.problem,
      target: { action: `${rolePath(role.name)}/try`, token: request.token },
      done: doneOf(request),
      commands: [
        awsCommand(issuer, 'iam get-role', { 'role-name': role.name }),
        `npx chancery trust try --role ${role.name} --token token.jwt`,
      ],
    }),
    modules: request.ports.appModules,
  })
}

/** The most condition keys that are listed. */
const mostKeys = 60

async function tryToken(request: ConsoleRequest): Promise<void> {
  const token = ((await request.form()).get('token') ?? '').trim()
  if (token === '') return showRole(request, { problem: t('Paste a token.') })
  // Authorizes the question: whoever may not read the role learns nothing about its trust policy.
  const role = await request.ports.iam.getRole(request.call, { roleName: request.param('role') })
  const tested = await request.ports.testTrust(arnOf(role), token, request.call.circumstances)
  await showRole(request, {
    view: {
      matches: tested.matches,
      steps: tested.steps,
      failed: tested.failed.map(formatFailedCondition),
      keys: [...tested.context].slice(0, mostKeys).map(([key, value]) => [key, [value].flat().join(', ')]),
    },
  })
}

interface TrustRemarks {
  readonly check: boolean
  /** It is saved when the form is sent once more: who gains and who loses is shown first. */
  readonly confirm?: boolean
  readonly problem?: Problem
}

/** @param saved the trust policy in force @param remarks what to show beside it */
async function trustEditor(
  request: ConsoleRequest,
  saved: string,
  document: string,
  { check, confirm = false, problem }: TrustRemarks,
): Promise<void> {
  const name = request.param('role')
  const compared = check ? await comparedOf(saved, document, 'trust') : []
  const title = t('Trust policy of {role}', { role: name })
  await showPage(request, {
    section: 'workloads',
    title,
    status: problem === undefined ? 200 : 422,
    body: trustEditorPage({
      title,
      crumb: { href: rolePath(name), title: html`${name}` },
      target: { action: `${rolePath(name)}/trust`, token: request.token },
      document,
      problem: problem && sentence(problem.message),
      checked: check
        ? { findings: findingsOf(document, 'trust'), sentences: sentencesOf(document, 'trust'), compared }
        : undefined,
      reviewed: compared.length > 0 ? comparisonOf(saved, document) : '',
      confirm,
      commands: [
        awsCommand(request.ports.issuer, 'iam update-assume-role-policy', {
          'role-name': name,
          'policy-document': 'file://trust.json',
        }),
      ],
    }),
  })
}

async function openTrust(request: ConsoleRequest): Promise<void> {
  const role = await request.ports.iam.getRole(request.call, { roleName: request.param('role') })
  const saved = readable(role.trust)
  await trustEditor(request, saved, saved, { check: false })
}

async function saveTrust(request: ConsoleRequest): Promise<void> {
  const form = await request.form(131_072)
  const document = (form.get('document') ?? '').replaceAll('\r\n', '\n')
  const roleName = request.param('role')
  // Checking a document is work: only for those who may read the role.
  const { trust } = await request.ports.iam.getRole(request.call, { roleName })
  const saved = readable(trust)
  const again = (remarks: Omit<TrustRemarks, 'check'> = {}) =>
    trustEditor(request, saved, document, { check: true, ...remarks })
  if (form.get('do') !== 'save') return again()
  if (!(await request.isFresh())) return again({ problem: staleProblem })
  const isReviewed = form.get('reviewed') === comparisonOf(saved, document)
  if (!isReviewed && changesAccess(await comparedOf(saved, document, 'trust')))
    return again({ confirm: true })
  try {
    await request.ports.iam.updateAssumeRolePolicy(request.call, { roleName, trust: document })
    request.redirect(`${rolePath(roleName)}?done=trust`)
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await again({ problem: error })
  }
}

async function askDelete(request: ConsoleRequest, problem?: Problem): Promise<void> {
  const name = request.param('role')
  await askToConfirm(request, {
    section: 'workloads',
    title: t('Delete the role {role}?', { role: name }),
    lead: t(
      'Its sessions end. A role with policies cannot be deleted before they are detached. This cannot be undone.',
    ),
    crumb: { href: rolePath(name), title: html`${name}` },
    action: `${rolePath(name)}/delete`,
    button: t('Delete'),
    problem: problem && sentence(problem.message),
    commands: [awsCommand(request.ports.issuer, 'iam delete-role', { 'role-name': name })],
  })
}

async function remove(request: ConsoleRequest): Promise<void> {
  await request.form()
  const roleName = request.param('role')
  if (!(await request.isFresh())) return request.signInAgain(`${rolePath(roleName)}/delete`)
  try {
    await request.ports.iam.deleteRole(request.call, { roleName })
  } catch (error) {
    if (!isFormProblem(error)) throw error
    return askDelete(request, error)
  }
  request.redirect('/console/workloads?done=deleted')
}

export const workloadRoutes: readonly ConsoleRoute[] = [
  ['GET', '/workloads', showWorkloads],
  ['GET', '/workloads.csv', download('csv')],
  ['GET', '/workloads.json', download('json')],
  ['GET', '/workloads/:role', (request) => showRole(request)],
  ['GET', '/workloads/:role/access.csv', downloadAccess('csv')],
  ['GET', '/workloads/:role/access.json', downloadAccess('json')],
  ...holderAttachmentRoutes({
    path: '/workloads/:role/policies',
    section: 'workloads',
    kind: 'role',
    nameOf: (request) => request.param('role'),
    pathOf: rolePath,
    show: (request, problem, form) => showRole(request, { policy: wrongIn(form, 'policy', problem) }),
  }),
  ['POST', '/workloads/:role/try', tryToken],
  ['GET', '/workloads/:role/trust', openFresh(openTrust)],
  ['POST', '/workloads/:role/trust', saveTrust],
  ['GET', '/workloads/:role/delete', openFresh((request) => askDelete(request))],
  ['POST', '/workloads/:role/delete', remove],
]
