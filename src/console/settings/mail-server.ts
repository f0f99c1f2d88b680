// Settings: the mail server, with a message that tries it.
import type { z } from 'zod'
import { t, type Words } from '../../../views/console/message.ts'
import { type MailTestView, mailPath, mailServerPage } from '../../../views/console/settings/mail-server.ts'
import { html } from '../../../views/html.ts'
import { mailServer, mailTest } from '../../admin/mail-server/schemas.ts'
import type { Problem } from '../../problem.ts'
import type { Form } from '../../web/request/body.ts'
import { actRoutes } from '../frame/act.ts'
import { adminCommand } from '../frame/command.ts'
import {
  completeBody,
  type FieldSpec,
  fieldsOf,
  formProblem,
  isFormProblem,
  typedFields,
} from '../frame/form.ts'
import { staleProblem } from '../frame/fresh.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { sentence } from '../frame/sentence.ts'
import { showPage } from '../frame/show.ts'

/** @param passwordSet there is a password, which stays when none is typed */
const fieldsFor = (passwordSet: boolean): readonly FieldSpec[] => [
  {
    name: 'host',
    label: t('Host'),
    kind: 'text',
    required: true,
    hint: html`${'smtp.acme.example'}`,
    note: t('The SMTP server. One in your own network must be listed in CHANCERY_OUTBOUND_ALLOW.'),
  },
  {
    name: 'security',
    label: t('Encryption'),
    kind: 'choice',
    required: true,
    note: t('With STARTTLS and TLS nothing is sent without a valid certificate of the host.'),
    options: [
      ['starttls', html`${'STARTTLS'}`],
      ['tls', t('TLS from the beginning')],
      ['none', t('None: the host must be listed in CHANCERY_OUTBOUND_ALLOW')],
    ],
  },
  {
    name: 'port',
    label: t('Port'),
    kind: 'number',
    as: 'number',
    note: t('Empty: 587 with STARTTLS, 465 with TLS, 25 without encryption.'),
  },
  {
    name: 'user',
    label: t('User name'),
    kind: 'text',
    note: t('Empty: this server does not sign in there.'),
  },
  {
    name: 'password',
    label: t('Password'),
    kind: 'password',
    note: passwordSet
      ? t(
          'Empty: it stays. Give it again when host, port or user change: it is sent only where it was set for.',
        )
      : t('With a user. It is encrypted in the store, and never shown.'),
  },
  {
    name: 'from',
    label: t('Sender'),
    kind: 'text',
    required: true,
    hint: html`${'Acme <sign-in@acme.example>'}`,
    note: t('An address, or a name and an address in angle brackets.'),
  },
  { name: 'replyTo', label: t('Reply to'), kind: 'text', note: t('In the same form. Empty: to the sender.') },
  {
    name: 'bouncesTo',
    label: t('Bounces go to'),
    kind: 'email',
    note: t('Where mail servers report what they could not deliver. Empty: to the address of the sender.'),
  },
  {
    name: 'organization',
    label: t('Organization'),
    kind: 'text',
    note: t('In the texts of accounts whose brand has no name.'),
  },
]

type Server = z.output<typeof mailServer>

const standardPort = { starttls: 587, tls: 465, none: 25 } as const

/** What the form has when it is opened. What an empty field means is left empty, so that it follows a change of the others. */
const storedValue = (server: Server, name: string): string | undefined => {
  const { source, security = 'starttls', port, from, bouncesTo } = server
  if (source !== 'stored') return name === 'security' ? security : undefined
  if (name === 'port' && port === standardPort[security]) return undefined
  if (name === 'bouncesTo' && (from === bouncesTo || from?.endsWith(`<${bouncesTo}>`))) return undefined
  const value: unknown = new Map<string, unknown>(Object.entries(server)).get(name)
  return value === undefined ? undefined : String(value)
}

interface Shown {
  readonly form?: Form
  readonly problem?: Problem
  readonly tested?: MailTestView
  readonly testProblem?: string
}

async function show(
  request: ConsoleRequest,
  { form, problem, tested, testProblem }: Shown = {},
): Promise<void> {
  const { serverAccountId } = request.ports.use
  const denial = (name: string, resource = `arn:aws:chancery::${serverAccountId}:mail-server`) =>
    request.denial({ action: `chancery:${name}`, resource })
  // As the operation: whoever says where mail goes reads everybody's links.
  const deniedChange = async () =>
    (await denial('UpdateMailServer')) ??
    (await denial('CreateSignInLink', `arn:aws:iam::${serverAccountId}:user/*`))
  const [{ answer: server, version }, denied, deniedDelete, deniedTest] = await Promise.all([
    request.performWithVersion('GetMailServer', mailServer),
    deniedChange(),
    denial('DeleteMailServer'),
    denial('TestMailServer'),
  ])
  const specs = fieldsFor(server.passwordSet ?? false)
  await showPage(request, {
    section: 'settings',
    title: t('Mail'),
    status: problem === undefined && testProblem === undefined ? 200 : 422,
    body: mailServerPage({
      server,
      version: form?.get('version') ?? version,
      fields: fieldsOf(specs, (name) => form?.get(name) ?? storedValue(server, name), problem),
      denied,
      deniedDelete,
      deniedTest,
      token: request.token,
      done: doneMessages.get(request.query.get('done') ?? ''),
      tested,
      problem: formProblem(specs, problem),
      testProblem,
      commands: commandsOf(request, server),
    }),
  })
}

const doneMessages: ReadonlyMap<string, Words> = new Map([
  ['saved', t('The mail server was saved. Send yourself a test message.')],
  ['removed', t('The mail server was removed.')],
])

function commandsOf({ ports: { issuer } }: ConsoleRequest, server: Server): readonly string[] {
  const { host = 'smtp.acme.example', user = 'chancery', from = 'Acme <sign-in@acme.example>' } = server
  return [
    adminCommand(issuer, 'GetMailServer'),
    adminCommand(issuer, 'UpdateMailServer', [], { host, user, passwordFile: '-', from }),
    adminCommand(issuer, 'TestMailServer'),
    ...(server.stored ? [adminCommand(issuer, 'DeleteMailServer')] : []),
    'npx chancery mail test --to you@acme.example',
  ]
}

async function save(request: ConsoleRequest): Promise<void> {
  const form = await request.form()
  const again = (problem: Problem) => show(request, { form, problem })
  if (!(await request.isFresh())) return again(staleProblem)
  try {
    const { body: typed, missing } = typedFields(fieldsFor(false), form, 'null')
    const { password, ...rest } = typed
    const body = typeof password === 'string' ? { ...rest, password } : rest
    await request.perform('UpdateMailServer', mailServer, {
      body: completeBody({ body, missing }, 'UpdateMailServer'),
      version: form.get('version'),
    })
    request.redirect(`${mailPath}?done=saved`)
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await again(error)
  }
}

async function sendTest(request: ConsoleRequest): Promise<void> {
  await request.form()
  if (!(await request.isFresh())) return show(request, { testProblem: staleProblem.message })
  try {
    const { advice, ...tested } = await request.perform('TestMailServer', mailTest)
    await show(request, { tested: { ...tested, advice: advice && sentence(advice) } })
  } catch (error) {
    if (!isFormProblem(error, 'throttled', 'unavailable')) throw error
    await show(request, { testProblem: sentence(error.message) })
  }
}

const acts = actRoutes([
  {
    section: 'settings',
    path: '/settings/mail/delete',
    operation: 'DeleteMailServer',
    title: () => t('Remove the mail server?'),
    lead: t(
      'Nothing is sent any more, and nobody can ask for a new password or create an account by mail. Messages that wait are kept until their time is over.',
    ),
    button: t('Remove'),
    back: () => ({ href: mailPath, title: t('Mail') }),
    next: () => `${mailPath}?done=removed`,
    command: (issuer) => adminCommand(issuer, 'DeleteMailServer'),
  },
])

export const mailServerRoutes: readonly ConsoleRoute[] = [
  ['GET', '/settings/mail', (request) => show(request)],
  ['POST', '/settings/mail', save],
  ['POST', '/settings/mail/test', sendTest],
  ...acts,
]
