// Settings of the account: passwords, second factors and sessions.
import type { z } from 'zod'
import { t, type Words } from '../../../views/console/message.ts'
import { settingsPage } from '../../../views/console/settings/settings.ts'
import { html } from '../../../views/html.ts'
import { settings } from '../../admin/settings/operations.ts'
import type { Problem } from '../../problem.ts'
import { adminCommand } from '../frame/command.ts'
import { durationText } from '../frame/duration.ts'
import {
  bodyOf,
  type FieldSpec,
  fieldsOf,
  flag,
  formProblem,
  isFormProblem,
  suggestingFieldsOf,
} from '../frame/form.ts'
import { staleProblem } from '../frame/fresh.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { showPage } from '../frame/show.ts'

const number = (name: string, label: Words, rest: { note?: Words; required?: boolean } = {}): FieldSpec => ({
  name,
  label,
  kind: 'number',
  as: 'number',
  ...rest,
})

/** The member has seconds. */
const duration = (
  name: string,
  label: Words,
  rest: { note?: Words; required?: boolean } = {},
): FieldSpec => ({ name, label, kind: 'text', as: 'duration', hint: html`8 h`, ...rest })

const passwordFields: readonly FieldSpec[] = [
  number('passwordMinimumLength', t('Shortest length'), { required: true, note: t('6 to 128 characters.') }),
  flag('passwordRefuseGuessable', t('Refuse passwords that are guessed easily')),
  flag('passwordRequireUppercase', t('Require an uppercase letter')),
  flag('passwordRequireLowercase', t('Require a lowercase letter')),
  flag('passwordRequireNumbers', t('Require a number')),
  flag('passwordRequireSymbols', t('Require a symbol')),
  number('passwordMaxAgeDays', t('Days until a password must be changed')),
  number('passwordReusePrevention', t('Latest passwords that may not be used again'), {
    note: t('1 to 24.'),
  }),
]

const signInFields: readonly FieldSpec[] = [
  {
    name: 'secondFactor',
    label: t('Second factor'),
    kind: 'choice',
    required: true,
    options: [
      ['required', t('Required of everyone')],
      ['optional', t('Required of members of the groups below')],
    ],
  },
  {
    name: 'secondFactorGroups',
    label: t('Groups that need a second factor'),
    kind: 'names',
    as: 'list',
    suggest: 'group',
    note: t('Names, separated by commas.'),
  },
  {
    name: 'passkeys',
    label: t('Passkeys'),
    kind: 'choice',
    required: true,
    options: [
      ['allowed', t('All are allowed')],
      ['device-bound', t('Only those that stay on one device, such as security keys')],
      ['refused', t('None are allowed')],
    ],
  },
  number('trustedDeviceDays', t('Days for which people may trust a browser'), {
    required: true,
    note: t(
      'Up to 90. There they sign in without their second factor. 0: never. Lowering it ends older trust.',
    ),
  }),
  flag('trustedDevicesForGroups', t('Trusted browsers are enough for members of these groups, too')),
  duration('sessionIdleSeconds', t('Longest time without use in a session'), {
    required: true,
    note: t('At least 5 min. In s, min, h or d.'),
  }),
  duration('sessionLifetimeSeconds', t('Longest session after the sign-in'), {
    note: t('Empty: as long as it is used.'),
  }),
]

const registrationFields: readonly FieldSpec[] = [
  {
    name: 'selfRegistration',
    label: t('Who may create an account by themselves'),
    kind: 'choice',
    required: true,
    note: t('With an e-mail address that they confirm; the server must have mail.'),
    options: [
      ['off', t('Nobody')],
      ['domains', t('People with an address of the domains below')],
      ['anyone', t('Anyone')],
    ],
  },
  {
    name: 'selfRegistrationDomains',
    label: t('Domains'),
    kind: 'lines',
    as: 'list',
    note: t('One on each line, for instance acme.example.'),
  },
  {
    name: 'selfRegistrationGroup',
    label: t('Group that they join'),
    kind: 'text',
    suggest: 'group',
    note: t('Whoever sets it needs chancery:AddGroupMember for it.'),
  },
]

const fields = [...passwordFields, ...signInFields, ...registrationFields]

const read = (request: ConsoleRequest) => request.performWithVersion('GetSettings', settings)

const textOf = (answer: z.output<typeof settings>, name: string): string | undefined => {
  const value: unknown = new Map<string, unknown>(Object.entries(answer)).get(name)
  if (typeof value === 'number' && name.endsWith('Seconds')) return durationText(value)
  return Array.isArray(value) ? value.join('\n') : value === undefined ? undefined : String(value)
}

async function open(request: ConsoleRequest): Promise<void> {
  const { answer, version } = await read(request)
  await show(request, version, (name) => textOf(answer, name))
}

async function show(
  request: ConsoleRequest,
  version: string,
  values: (name: string) => string | undefined,
  problem?: Problem,
): Promise<void> {
  const { issuer } = request.ports
  await showPage(request, {
    section: 'settings',
    title: t('Settings'),
    status: problem === undefined ? 200 : 422,
    body: settingsPage({
      denied: await request.denial({
        action: 'chancery:UpdateSettings',
        resource: `arn:aws:chancery::${request.accountId}:settings`,
      }),
      done: request.query.get('done') === 'saved' ? t('The settings were saved.') : undefined,
      target: { action: '/console/settings', token: request.token },
      version,
      problem: formProblem(fields, problem),
      groups: [
        { title: t('Passwords'), fields: fieldsOf(passwordFields, values, problem) },
        {
          title: t('Second factors and sessions'),
          fields: await suggestingFieldsOf(request, signInFields, values, problem),
        },
        {
          title: t('Self-registration'),
          fields: await suggestingFieldsOf(request, registrationFields, values, problem),
        },
      ],
      commands: [
        adminCommand(issuer, 'GetSettings'),
        adminCommand(issuer, 'UpdateSettings', [], { passwordMinimumLength: '12' }),
      ],
    }),
  })
}

async function save(request: ConsoleRequest): Promise<void> {
  const form = await request.form()
  const again = async (problem: Problem) =>
    show(request, form.get('version') ?? '', (name) => form.get(name), problem)
  if (!(await request.isFresh())) return again(staleProblem)
  try {
    const body: Record<string, unknown> = { ...bodyOf(fields, form, 'null', 'UpdateSettings') }
    // Setting a group needs the right to add people to it; leaving it as it is needs nothing.
    const { selfRegistrationGroup } = (await read(request)).answer
    if (body['selfRegistrationGroup'] === selfRegistrationGroup) delete body['selfRegistrationGroup']
    await request.perform('UpdateSettings', settings, {
      body,
      version: form.get('version'),
    })
    request.redirect('/console/settings?done=saved')
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await again(error)
  }
}

export const settingsRoutes: readonly ConsoleRoute[] = [
  ['GET', '/settings', open],
  ['POST', '/settings', save],
]
