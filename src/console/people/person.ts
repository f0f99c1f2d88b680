// One person: profile, how they sign in, what they may do, and what they did.
import { t } from '../../../views/console/message.ts'
import { personPath } from '../../../views/console/people/people.ts'
import { type Part, personProfilePage } from '../../../views/console/people/person.ts'
import { personActivityPage } from '../../../views/console/people/person-access.ts'
import { personSignInPage } from '../../../views/console/people/person-sign-in.ts'
import { html } from '../../../views/html.ts'
import { listOf } from '../../admin/list.ts'
import { personAccessKey } from '../../admin/people/access-key-operations.ts'
import { person } from '../../admin/people/schemas.ts'
import { personFactors, personSession } from '../../admin/people/sign-in-operations.ts'
import { trustedBrowserList } from '../../admin/people/trusted-browser-operations.ts'
import type { Problem } from '../../problem.ts'
import { activityRows } from '../activity/app-names.ts'
import { type AuditEntry, entriesOf, entryColumns } from '../activity/entries.ts'
import { adminCommand } from '../frame/command.ts'
import { sendList } from '../frame/download.ts'
import { bodyOf, type FieldSpec, formProblem, isFormProblem, suggestingFieldsOf } from '../frame/form.ts'
import { staleProblem } from '../frame/fresh.ts'
import { listLinks } from '../frame/list.ts'
import { part } from '../frame/part.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { showPage } from '../frame/show.ts'
import { personAccessRoutes } from './person-access.ts'
import { personActRoutes } from './person-acts.ts'
import { personKeyRoutes } from './person-keys.ts'
import { denials, doneOf, findPerson, type PersonAnswer } from './person-request.ts'

const profileFields: readonly FieldSpec[] = [
  {
    name: 'name',
    label: t('User name'),
    kind: 'text',
    required: true,
    note: t('To sign in with; a part of the ARN.'),
  },
  { name: 'displayName', label: t('Full name'), kind: 'text' },
  { name: 'email', label: t('E-mail address'), kind: 'email' },
  { name: 'attributes.givenName', label: t('Given name'), kind: 'text' },
  { name: 'attributes.familyName', label: t('Family name'), kind: 'text' },
  {
    name: 'attributes.locale',
    label: t('Language'),
    kind: 'text',
    suggest: 'language',
    note: t('For instance en or de-CH.'),
  },
  {
    name: 'attributes.timeZone',
    label: t('Time zone'),
    kind: 'text',
    suggest: 'zone',
    note: t('For instance Europe/Berlin.'),
  },
]

async function showProfile(request: ConsoleRequest): Promise<void> {
  const { answer, version } = await findPerson(request)
  await profile(request, answer, version, (name) => profileValue(answer, name))
}

function profileValue(found: PersonAnswer, name: string): string | undefined {
  if (name.startsWith('attributes.')) return found.attributes[name.slice('attributes.'.length)]
  if (name === 'name') return found.name
  return name === 'email' ? found.email : found.displayName
}

async function profile(
  request: ConsoleRequest,
  found: PersonAnswer,
  version: string,
  values: (name: string) => string | undefined,
  problem?: Problem,
): Promise<void> {
  const denied = await request.denial({ action: 'chancery:UpdatePerson', resource: found.arn })
  await showPage(request, {
    section: 'people',
    title: html`${found.displayName ?? found.name}`,
    status: problem === undefined ? 200 : 422,
    body: personProfilePage({
      person: found,
      done: doneOf(request),
      denied,
      form: {
        target: { action: request.ctx.path, token: request.token },
        fields: await suggestingFieldsOf(request, profileFields, values, problem),
        problem: formProblem(profileFields, problem),
        submit: t('Save'),
        hidden: { version },
      },
      commands: [
        adminCommand(request.ports.issuer, 'GetPerson', [found.name]),
        adminCommand(request.ports.issuer, 'UpdatePerson', [found.name], { displayName: 'Ada Lovelace' }),
      ],
    }),
  })
}

async function saveProfile(request: ConsoleRequest): Promise<void> {
  const form = await request.form()
  const name = request.param('person')
  const again = async (problem: Problem) => {
    const { answer, version } = await findPerson(request)
    const opened = form.get('version') ?? version
    await profile(request, answer, opened, (field) => form.get(field), problem)
  }
  // A new e-mail address is enough to get a new password by mail.
  if (!(await request.isFresh())) return again(staleProblem)
  try {
    const changed = await request.perform('UpdatePerson', person, {
      params: { person: name },
      body: bodyOf(profileFields, form, 'null', 'UpdatePerson'),
      version: form.get('version'),
    })
    request.redirect(`${personPath(changed.name)}?done=saved`)
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await again(error)
  }
}

/** A list of what has an address, with the places of the addresses. */
function withPlaces<T extends { readonly address?: string | undefined }>(
  { ports: { places } }: ConsoleRequest,
  list: Part<{ readonly items: readonly T[]; readonly cursor?: string | undefined }>,
) {
  if ('denied' in list) return list
  const items = list.value.items.map((one) => ({ ...one, place: places.of(one.address) }))
  return { value: { ...list.value, items } }
}

async function showSignIn(request: ConsoleRequest): Promise<void> {
  const { answer: found } = await findPerson(request)
  const params = { person: found.name }
  const [sessions, factors, trusted, keys, deniedKeys, denied] = await Promise.all([
    part(() => request.perform('ListPersonSessions', listOf(personSession), { params })),
    part(() => request.perform('GetPersonFactors', personFactors, { params })),
    part(() => request.perform('ListTrustedBrowsers', trustedBrowserList, { params })),
    part(() => request.perform('ListPersonAccessKeys', listOf(personAccessKey), { params })),
    request.denial({ action: 'iam:UpdateAccessKey', resource: found.arn }),
    denials(request, found.arn, [
      'DisablePerson',
      'EnablePerson',
      'SignOutPerson',
      'ResetPersonFactors',
      'CreateSignInLink',
      'DeletePerson',
      'EndPersonSession',
      'RemoveTrustedBrowser',
      'RemoveTrustedBrowsers',
    ]),
  ])
  await showPage(request, {
    section: 'people',
    title: html`${found.displayName ?? found.name}`,
    body: personSignInPage({
      person: found,
      done: doneOf(request),
      sessions: withPlaces(request, sessions),
      factors,
      trusted: withPlaces(request, trusted),
      keys,
      deniedKeys,
      denied,
      isSelf: found.arn === request.user.arn,
      commands: [
        adminCommand(request.ports.issuer, 'ListPersonSessions', [found.name]),
        adminCommand(request.ports.issuer, 'GetPersonFactors', [found.name]),
        adminCommand(request.ports.issuer, 'ListPersonAccessKeys', [found.name]),
      ],
    }),
  })
}

async function showActivity(request: ConsoleRequest): Promise<void> {
  const { answer: found } = await findPerson(request)
  const cursor = request.query.get('cursor') || undefined
  const entries = await part(() => entriesOf(request, { who: found.arn }, cursor, false))
  const next = 'value' in entries ? entries.value.cursor : undefined
  await showPage(request, {
    section: 'people',
    title: html`${found.displayName ?? found.name}`,
    body: personActivityPage({
      person: found,
      rows: 'value' in entries ? { value: await activityRows(request, entries.value.items) } : entries,
      links: listLinks(`${personPath(found.name)}/activity`, {}, { cursor, next }),
      commands: [adminCommand(request.ports.issuer, 'ListAuditEntries', [], { who: found.arn })],
    }),
  })
}

const downloadActivity =
  (format: 'csv' | 'json') =>
  async (request: ConsoleRequest): Promise<void> => {
    const { answer: found } = await findPerson(request)
    await sendList<AuditEntry>(request, format, {
      name: 'activity',
      page: (cursor) => entriesOf(request, { who: found.arn }, cursor, false),
      columns: entryColumns,
    })
  }

export const personRoutes: readonly ConsoleRoute[] = [
  ['GET', '/people/:person', showProfile],
  ['POST', '/people/:person', saveProfile],
  ['GET', '/people/:person/sign-in', showSignIn],
  ...personAccessRoutes,
  ...personKeyRoutes,
  ['GET', '/people/:person/activity', showActivity],
  ['GET', '/people/:person/activity.csv', downloadActivity('csv')],
  ['GET', '/people/:person/activity.json', downloadActivity('json')],
  ...personActRoutes,
]
