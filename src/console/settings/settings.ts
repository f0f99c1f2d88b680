// Settings of the account: passwords, second factors and sessions.
import type { z } from 'zod'
import { settingsPage } from '../../../views/console/settings/settings.ts'
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

const number = (
  name: string,
  label: string,
  rest: { note?: string; required?: boolean } = {},
): FieldSpec => ({
  name,
  label,
  kind: 'number',
  as: 'number',
  ...rest,
})

/** The member has seconds. */
const duration = (
  name: string,
  label: string,
  rest: { note?: string; required?: boolean } = {},
): FieldSpec => ({ name, label, kind: 'text', as: 'duration', hint: '8 h', ...rest })

const passwordFields: readonly FieldSpec[] = [
  number('passwordMinimumLength', 'Shortest length', { required: true, note: '6 to 128 characters.' }),
  flag('passwordRefuseGuessable', 'Refuse passwords that are guessed easily'),
  flag('passwordRequireUppercase', 'Require an uppercase letter'),
  flag('passwordRequireLowercase', 'Require a lowercase letter'),
  flag('passwordRequireNumbers', 'Require a number'),
  flag('passwordRequireSymbols', 'Require a symbol'),
  number('passwordMaxAgeDays', 'Days until a password must be changed'),
  number('passwordReusePrevention', 'Latest passwords that may not be used again', { note: '1 to 24.' }),
]

const signInFields: readonly FieldSpec[] = [
  {
    name: 'secondFactor',
    label: 'Second factor',
    kind: 'choice',
    required: true,
    options: [
      ['required', 'Required of everyone'],
      ['optional', 'Required of members of the groups below'],
    ],
  },
  {
    name: 'secondFactorGroups',
    label: 'Groups that need a second factor',
    kind: 'names',
    as: 'list',
    suggest: 'group',
    note: 'Names, separated by commas.',
  },
  {
    name: 'passkeys',
    label: 'Passkeys',
    kind: 'choice',
    required: true,
    options: [
      ['allowed', 'Allowed'],
      ['device-bound', 'Only those that stay on one device, such as security keys'],
      ['refused', 'Refused'],
    ],
  },
  number('trustedDeviceDays', 'Days for which people may trust a browser', {
    required: true,
    note: 'Up to 90. There they sign in without their second factor. 0: never. Lowering it ends older trust.',
  }),
  flag('trustedDevicesForGroups', 'Trusted browsers are enough for members of these groups, too'),
  duration('sessionIdleSeconds', 'Longest time without use in a session', {
    required: true,
    note: 'At least 5 min. In s, min, h or d.',
  }),
  duration('sessionLifetimeSeconds', 'Longest session after the sign-in', {
    note: 'Empty: as long as it is used.',
  }),
]

const registrationFields: readonly FieldSpec[] = [
  {
    name: 'selfRegistration',
    label: 'Who may create an account by themselves',
    kind: 'choice',
    required: true,
    note: 'With an e-mail address that they confirm; the server must have mail.',
    options: [
      ['off', 'Nobody'],
      ['domains', 'People with an address of the domains below'],
      ['anyone', 'Anyone'],
    ],
  },
  {
    name: 'selfRegistrationDomains',
    label: 'Domains',
    kind: 'lines',
    as: 'list',
    note: 'One on each line, for instance acme.example.',
  },
  {
    name: 'selfRegistrationGroup',
    label: 'Group that they join',
    kind: 'text',
    suggest: 'group',
    note: 'Whoever sets it needs chancery:AddGroupMember for it.',
  },
]

const fields = [...passwordFields, ...signInFields, ...registrationFields]

const read = (request: ConsoleRequest) => request.askWithVersion('GetSettings', settings)

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
    title: 'Settings',
    status: problem === undefined ? 200 : 422,
    body: settingsPage({
      denied: await request.denial({
        action: 'chancery:UpdateSettings',
        resource: `arn:aws:chancery::${request.accountId}:settings`,
      }),
      done: request.query.get('done') === 'saved' ? 'The settings were saved.' : undefined,
      target: { action: '/console/settings', token: request.token },
      version,
      problem: formProblem(fields, problem),
      groups: [
        { title: 'Passwords', fields: fieldsOf(passwordFields, values, problem) },
        {
          title: 'Second factors and sessions',
          fields: await suggestingFieldsOf(request, signInFields, values, problem),
        },
        {
          title: 'Self-registration',
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
    const body = bodyOf(fields, form, 'null')
    // Setting a group needs the right to add people to it; leaving it as it is needs nothing.
    const { selfRegistrationGroup } = (await read(request)).answer
    if (body['selfRegistrationGroup'] === selfRegistrationGroup) delete body['selfRegistrationGroup']
    await request.ask('UpdateSettings', settings, {
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
