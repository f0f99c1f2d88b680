// A new app: from what it is to its client, and to the lines that the app itself needs. Its secret is in the answer to the form alone.
import {
  kindChoicePage,
  type LinesView,
  newAppPath,
  readyPage,
} from '../../../views/console/apps/app-lines.ts'
import { known, t, type Words } from '../../../views/console/message.ts'
import { html } from '../../../views/html.ts'
import { client, secretAnswer } from '../../admin/clients/schemas.ts'
import type { Problem } from '../../problem.ts'
import type { Form } from '../../web/request/body.ts'
import { adminCommand } from '../frame/command.ts'
import { completeBody, type FieldSpec, isFormProblem, typedFields } from '../frame/form.ts'
import { openFresh, staleProblem } from '../frame/fresh.ts'
import { type NewForm, showNewForm } from '../frame/new.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { sentence } from '../frame/sentence.ts'
import { plainText, showPage } from '../frame/show.ts'
import {
  accessFields,
  faultsIn,
  homeField,
  inWordsOfForm,
  nameField,
  programNameField,
  redirectField,
  signedOutField,
  usualHomeField,
} from './fields.ts'
import {
  type AppKind,
  baseOf,
  clientOf,
  fitsKind,
  isPlain,
  labelOf,
  valuesOf,
  wordsOf,
} from './kinds/kind.ts'
import { kindGroups, kindNamed } from './kinds/kinds.ts'
import { signInStatusOf } from './sign-in-status.ts'

interface OtherKind extends Pick<AppKind, 'callback'> {
  /** Among the kinds. */
  readonly title: Words
  /** By itself. */
  readonly what: Words
  readonly entry: object
}

/** Apps whose lines are not known: what they are decides how they prove themselves. */
const otherKinds: ReadonlyMap<string, OtherKind> = new Map([
  [
    'web',
    {
      title: t('Another web application on a server'),
      what: t('web application on a server'),
      callback: 'https://wiki.example.com/callback',
      entry: { application_type: 'web' },
    },
  ],
  [
    'page',
    {
      title: t('Another single-page application'),
      what: t('single-page application'),
      callback: 'https://wiki.example.com/callback',
      entry: { application_type: 'web', token_endpoint_auth_method: 'none' },
    },
  ],
  [
    'native',
    {
      title: t('Another mobile or desktop application'),
      what: t('mobile or desktop application'),
      callback: 'com.example.wiki:/callback',
      entry: { application_type: 'native', token_endpoint_auth_method: 'none' },
    },
  ],
])

/** As the pages show them. */
export const shownKinds = kindGroups.map(
  ([group, kinds]) => [group, kinds.map((kind) => ({ id: kind.id, title: wordsOf(kind) }))] as const,
)

const idField: FieldSpec = {
  name: 'client_id',
  label: t('Client id'),
  kind: 'text',
  note: t('How the app names itself. Left empty, it is chosen for you.'),
}

function fieldsFor(kind: AppKind | undefined, other: OtherKind | undefined): readonly FieldSpec[] {
  if (kind === undefined) {
    const callbacks = { ...redirectField, hint: html`${other?.callback}` }
    return [nameField, callbacks, signedOutField, homeField, idField, ...accessFields]
  }
  if (kind.signsNobodyIn) return [programNameField, { ...idField, hint: html`${kind.clientId}` }]
  const callbacks: FieldSpec = {
    ...redirectField,
    hint: html`${(kind.fixed ?? [kind.callback]).join('\n')}`,
    note: kind.fixed
      ? t('Where sign-ins return to. {kind}: {callbacks}.', {
          kind: wordsOf(kind),
          callbacks: eachOf(kind.fixed),
        })
      : t('Where sign-ins return to. {kind}: as a rule {callback}, with your address.', {
          kind: wordsOf(kind),
          callback: kind.callback,
        }),
  }
  return [
    nameField,
    callbacks,
    ...(kind.opens ? [usualHomeField] : []),
    { ...idField, hint: html`${kind.clientId}` },
    ...accessFields,
  ]
}

const eachOf = ([one = '', other]: readonly string[]): Words =>
  other === undefined ? html`${one}` : t('{one} and {other}', { one, other })

const anyOf = ([one = '', other]: readonly string[]): Words =>
  other === undefined ? html`${one}` : t('{place} or {other}', { place: one, other })

async function open(request: ConsoleRequest): Promise<void> {
  const id = request.query.get('kind')
  const kind = kindNamed(id)
  if (kind !== undefined || otherKinds.has(id ?? '')) return showForm(request, id ?? '')
  await showPage(request, {
    section: 'apps',
    title: t('New app'),
    body: kindChoicePage([
      ...shownKinds,
      [t('Something else'), [...otherKinds].map(([other, { title }]) => ({ id: other, title }))],
    ]),
  })
}

/** The name that an app of the kind is given, in the language of the person who makes it. */
const usualName = (request: ConsoleRequest, { label, title }: AppKind): string =>
  label === undefined ? title : plainText(request, label)

async function showForm(request: ConsoleRequest, id: string, form?: Form, problem?: Problem): Promise<void> {
  const kind = kindNamed(id)
  const other = otherKinds.get(id)
  const usual = (name: string): string | undefined => {
    // A program of one's own has no name that is usual.
    if (name === 'client_name') return kind && !kind.signsNobodyIn ? usualName(request, kind) : undefined
    return name === 'redirect_uris' ? kind?.fixed?.join('\n') : undefined
  }
  const newApp: NewForm = {
    section: 'apps',
    crumb: { href: newAppPath, title: t('Kinds of app') },
    title: t('New app'),
    heading: t('New app: {kind}', { kind: kind ? wordsOf(kind) : other?.what }),
    lead: t('Afterwards you get the lines that the app needs.'),
    action: newAppPath,
    fields: fieldsFor(kind, other),
    hidden: { kind: id },
    submit: t('Create the app'),
    commands: ({ ports }) => [
      adminCommand(ports.issuer, 'CreateClient', [], {
        client_name: kind === undefined ? 'Wiki' : kind.signsNobodyIn ? 'Reports' : labelOf(kind),
        ...(kind?.signsNobodyIn
          ? { grant_types: 'client_credentials' }
          : { redirect_uris: kind?.fixed?.[0] ?? kind?.callback ?? other?.callback ?? '' }),
      }),
    ],
  }
  await showNewForm(request, newApp, (name) => (form === undefined ? usual(name) : form.get(name)), problem)
}

const made = client.extend({ secret: secretAnswer.optional() })

async function create(request: ConsoleRequest): Promise<void> {
  const form = await request.form()
  const id = form.get('kind') ?? ''
  const kind = kindNamed(id)
  const other = otherKinds.get(id) ?? otherKinds.get('web')
  const again = (problem: Problem) =>
    showForm(request, kind ? id : otherKinds.has(id) ? id : 'web', form, problem)
  if (!(await request.isFresh())) return again(staleProblem)
  const typed = typedFields(fieldsFor(kind, other), form, 'omit')
  const uris = typed.body['redirect_uris']
  const [callback = ''] = Array.isArray(uris) ? uris.map(String) : []
  const ofKind = kind ? { ...homeOf(kind, callback), ...clientOf(kind, callback) } : other?.entry
  const { client_id: _, ...entry } = { ...ofKind, ...typed.body }
  try {
    const body = completeBody(typed, 'CreateClient', () => faultsIn(typed.body, entry))
    const app = await request.perform('CreateClient', made, { body: { ...ofKind, ...body } })
    const secret = app.secret?.value
    await showPage(request, {
      section: 'apps',
      title: t('The app is ready'),
      body: readyPage({
        app,
        issuer: request.ports.issuer,
        secret,
        lines: kind && linesOf(request, kind, app.clientId, callback, secret),
        kind: kind?.id,
        signIns: await signInStatusOf(request, app),
        problem: kind && (await addCompanion(request, kind, app.clientId)),
      }),
      modules: request.ports.appModules,
    })
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await again(inWordsOfForm(error, typed.body))
  }
}

function homeOf(kind: AppKind, callback: string): { readonly client_uri?: string } {
  const base = kind.opens ? baseOf(kind, callback) : ''
  return base === '' ? {} : { client_uri: `${base}/` }
}

/** @returns why the second client of the kind could not be made, as a sentence */
async function addCompanion(
  request: ConsoleRequest,
  kind: AppKind,
  clientId: string,
): Promise<Words | undefined> {
  const { companion } = kind
  if (companion === undefined) return undefined
  const id = `${clientId}${companion.suffix}`
  try {
    await request.perform('CreateClient', made, {
      body: {
        client_id: id,
        client_name: plainText(request, '{name}, command line', { name: usualName(request, kind) }),
        redirect_uris: companion.redirect_uris,
        token_endpoint_auth_method: 'none',
      },
    })
    return undefined
  } catch (error) {
    if (!isFormProblem(error)) throw error
    return t('The second client {id} was not made: {why}', { id, why: known(sentence(error.message)) })
  }
}

const placeholder = 'your-client-secret'

/** The lines of an app with its values in them. @param secret undefined: a placeholder is in its place */
export function linesOf(
  request: ConsoleRequest,
  kind: AppKind,
  clientId: string,
  callback: string,
  secret: string | undefined,
): LinesView {
  const usable = kind.signsNobodyIn || isPlain(callback)
  const values = valuesOf(kind, {
    issuer: request.ports.issuer,
    clientId,
    secret: secret ?? placeholder,
    callback: usable ? callback : kind.callback,
    session: request.ports.randomSecret(),
  })
  return {
    title: wordsOf(kind),
    files: kind.files(values),
    fields: kind.fields?.(values) ?? [],
    cautions: [
      ...(usable
        ? []
        : [t('The redirect URI has characters that need quoting: the lines have an example in its place.')]),
      ...(usable && !kind.signsNobodyIn && !fitsKind(kind, callback)
        ? [
            t(
              kind.fixed === undefined
                ? '{kind} sends {callbacks} as a rule, with its own address. This app is registered with {callback}.'
                : '{kind} sends {callbacks} as a rule. This app is registered with {callback}.',
              { kind: wordsOf(kind), callbacks: anyOf(kind.fixed ?? [kind.callback]), callback },
            ),
          ]
        : []),
    ],
  }
}

export const newAppRoutes: readonly ConsoleRoute[] = [
  ['GET', '/apps/new', openFresh(open)],
  ['POST', '/apps/new', create],
]
