import { t } from '../../../views/console/message.ts'
import { rolePath } from '../../../views/console/workloads/workloads.ts'
import { Problem } from '../../problem.ts'
import type { Form } from '../../web/request/body.ts'
import { awsCommand } from '../frame/command.ts'
import { type FieldSpec, flag, isFormProblem, requireFields } from '../frame/form.ts'
import { openFresh, staleProblem } from '../frame/fresh.ts'
import { type NewForm, showNewForm } from '../frame/new.ts'
import { withNewName } from '../frame/new-name.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'

const path = '/console/workloads/new/account'

const fields: readonly FieldSpec[] = [
  {
    name: 'role',
    label: t('Name of the role'),
    kind: 'text',
    required: true,
    note: t('For instance deploy.'),
  },
  {
    name: 'kind',
    label: t('Who may become it'),
    kind: 'choice',
    required: true,
    options: [
      ['user', t('One person')],
      ['role', t('One role')],
      ['account', t('Whom a policy of this account allows sts:AssumeRole')],
    ],
  },
  {
    name: 'name',
    label: t('Name of the person or role'),
    kind: 'text',
    suggest: 'user',
    suggestBy: 'kind',
    note: t('Empty when a policy decides.'),
  },
  flag('mfa', t('Only with a second factor')),
]

const newRole: NewForm = {
  section: 'workloads',
  crumb: { href: '/console/workloads/new', title: t('Who becomes it') },
  title: t('New role'),
  heading: t('New role of this account'),
  lead: t('Its credentials live for an hour or less. It may do nothing before a policy is attached.'),
  action: path,
  fields,
  submit: t('Create the role'),
  commands: ({ ports }) => [
    awsCommand(ports.issuer, 'iam create-role', {
      'role-name': 'deploy',
      'assume-role-policy-document': 'file://trust.json',
    }),
  ],
}

const show = (request: ConsoleRequest, form?: Form, problem?: Problem): Promise<void> =>
  showNewForm(
    request,
    newRole,
    (name) => (form === undefined && name === 'mfa' ? 'true' : form?.get(name)),
    problem,
  )

/** @throws Problem('validation') */
function principalOf({ accountId }: ConsoleRequest, form: Form): string {
  const kind = form.get('kind')
  if (kind === 'account') return `arn:aws:iam::${accountId}:root`
  const name = (form.get('name') ?? '').trim()
  if ((kind === 'user' || kind === 'role') && /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/.test(name))
    return `arn:aws:iam::${accountId}:${kind}/${name}`
  const message = 'must be the name of a person or role, with its path if it has one'
  throw new Problem('validation', message, { fields: [{ field: 'name', message }] })
}

async function create(request: ConsoleRequest): Promise<void> {
  const form = await request.form()
  if (!(await request.isFresh())) return show(request, form, staleProblem)
  try {
    requireFields(fields, form)
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: principalOf(request, form) },
      Action: 'sts:AssumeRole',
      ...(form.get('mfa') === 'true' && { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
    }
    const roleName = (form.get('role') ?? '').trim()
    const trust = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
    const role = await withNewName({ kind: 'role', field: 'role', name: roleName }, () =>
      request.ports.iam.createRole(request.call, { roleName, trust }),
    )
    request.redirect(`${rolePath(role.name)}?done=created`)
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await show(request, form, error)
  }
}

export const accountRoleRoutes: readonly ConsoleRoute[] = [
  ['GET', '/workloads/new/account', openFresh((request) => show(request))],
  ['POST', '/workloads/new/account', create],
]
