// A new app: from what it is to its client, and to the lines that the app itself needs. Its secret is in the answer to the form alone.
import {
  kindChoicePage,
  type LinesView,
  newAppPath,
  readyPage,
} from '../../../views/console/apps/app-lines.ts'
import { formPage } from '../../../views/console/frame/form-page.ts'
import { client, secretAnswer } from '../../admin/clients/schemas.ts'
import type { Problem } from '../../problem.ts'
import type { Form } from '../../web/request/body.ts'
import { adminCommand } from '../frame/command.ts'
import { bodyOf, type FieldSpec, formProblem, isFormProblem, suggestingFieldsOf } from '../frame/form.ts'
import { openFresh, staleProblem } from '../frame/fresh.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { sentence } from '../frame/sentence.ts'
import { showPage } from '../frame/show.ts'
import { accessFields, homeField, nameField, redirectField, signedOutField } from './fields.ts'
import { type AppKind, baseOf, clientOf, fitsKind, isPlain, labelOf, valuesOf } from './kinds/kind.ts'
import { kindGroups, kindNamed } from './kinds/kinds.ts'
import { lampOfApp } from './lamp.ts'

/** Apps whose lines are not known: what they are decides how they prove themselves. */
const otherKinds: ReadonlyMap<string, { readonly title: string; readonly entry: object }> = new Map([
  ['web', { title: 'Another web application on a server', entry: { application_type: 'web' } }],
  [
    'page',
    {
      title: 'Another single-page application',
      entry: { application_type: 'web', token_endpoint_auth_method: 'none' },
    },
  ],
  [
    'native',
    {
      title: 'Another mobile or desktop application',
      entry: { application_type: 'native', token_endpoint_auth_method: 'none' },
    },
  ],
])

/** As the pages show them. */
export const shownKinds = kindGroups.map(
  ([group, kinds]) => [group, kinds.map((kind) => ({ id: kind.id, title: labelOf(kind) }))] as const,
)

const idField: FieldSpec = {
  name: 'client_id',
  label: 'Client id',
  kind: 'text',
  note: 'How the app names itself. Left empty, it is chosen for you.',
}

function fieldsFor(kind: AppKind | undefined): readonly FieldSpec[] {
  if (kind === undefined)
    return [nameField, redirectField, signedOutField, homeField, idField, ...accessFields]
  const usual = (kind.fixed ?? [kind.callback]).join('\n')
  const callbacks: FieldSpec = {
    ...redirectField,
    hint: usual,
    note: `Where sign-ins return to. ${labelOf(kind)}: ${kind.fixed ? usual.replace('\n', ' and ') : `as a rule ${kind.callback}, with your address`}.`,
  }
  const home = { ...homeField, note: `${homeField.note} Left empty, it is the address of the redirect URI.` }
  return [
    nameField,
    callbacks,
    ...(kind.opens ? [home] : []),
    { ...idField, hint: kind.clientId },
    ...accessFields,
  ]
}

async function open(request: ConsoleRequest): Promise<void> {
  const id = request.query.get('kind')
  const kind = kindNamed(id)
  if (kind !== undefined || otherKinds.has(id ?? '')) return showForm(request, id ?? '')
  await showPage(request, {
    section: 'apps',
    title: 'New app',
    body: kindChoicePage([
      ...shownKinds,
      ['Something else', [...otherKinds].map(([other, { title }]) => ({ id: other, title }))],
    ]),
  })
}

async function showForm(request: ConsoleRequest, id: string, form?: Form, problem?: Problem): Promise<void> {
  const kind = kindNamed(id)
  const fields = fieldsFor(kind)
  const usual = (name: string): string | undefined => {
    if (name === 'client_name') return kind && labelOf(kind)
    return name === 'redirect_uris' ? kind?.fixed?.join('\n') : undefined
  }
  await showPage(request, {
    section: 'apps',
    title: 'New app',
    status: problem === undefined ? 200 : 422,
    body: formPage({
      crumb: { href: newAppPath, title: 'Kinds of app' },
      title: `New app: ${kind ? labelOf(kind) : (otherKinds.get(id)?.title ?? '').replace(/^Another /, '')}`,
      lead: 'Afterwards you get the lines that the app needs.',
      form: {
        target: { action: newAppPath, token: request.token },
        fields: await suggestingFieldsOf(
          request,
          fields,
          (name) => (form === undefined ? usual(name) : form.get(name)),
          problem,
        ),
        problem: formProblem(fields, problem),
        submit: 'Create the app',
        hidden: { kind: id },
      },
      commands: [
        adminCommand(request.ports.issuer, 'CreateClient', [], {
          client_name: kind ? labelOf(kind) : 'Wiki',
          redirect_uris: kind?.fixed?.[0] ?? kind?.callback ?? 'https://wiki.example/callback',
        }),
      ],
    }),
  })
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
  const typed = bodyOf(fieldsFor(kind), form, 'omit')
  const [callback = ''] = Array.isArray(typed['redirect_uris']) ? typed['redirect_uris'].map(String) : []
  try {
    const app = await request.ask('CreateClient', made, {
      body: kind
        ? { ...homeOf(kind, callback), ...clientOf(kind, callback), ...typed }
        : { ...other?.entry, ...typed },
    })
    const secret = app.secret?.value
    await showPage(request, {
      section: 'apps',
      title: 'The app is ready',
      body: readyPage({
        app,
        issuer: request.ports.issuer,
        secret,
        lines: kind && linesOf(request, kind, app.clientId, callback, secret),
        kind: kind?.id,
        lamp: await lampOfApp(request, app),
        problem: kind && (await addCompanion(request, kind, app.clientId)),
      }),
      modules: request.ports.appModules,
    })
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await again(error)
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
): Promise<string | undefined> {
  const { companion } = kind
  if (companion === undefined) return undefined
  const id = `${clientId}${companion.suffix}`
  try {
    await request.ask('CreateClient', made, {
      body: {
        client_id: id,
        client_name: `${labelOf(kind)}, command line`,
        redirect_uris: companion.redirect_uris,
        token_endpoint_auth_method: 'none',
      },
    })
    return undefined
  } catch (error) {
    if (!isFormProblem(error)) throw error
    return `The second client ${id} was not made: ${sentence(error.message)}`
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
  const usable = isPlain(callback)
  const values = valuesOf(kind, {
    issuer: request.ports.issuer,
    clientId,
    secret: secret ?? placeholder,
    callback: usable ? callback : kind.callback,
    session: request.ports.randomSecret(),
  })
  return {
    title: labelOf(kind),
    files: kind.files(values),
    fields: kind.fields?.(values) ?? [],
    cautions: [
      ...(usable
        ? []
        : ['The redirect URI has characters that need quoting: the lines have an example in its place.']),
      ...(usable && !fitsKind(kind, callback)
        ? [
            `${labelOf(kind)} sends ${kind.fixed?.join(' or ') ?? kind.callback} as a rule, with its own address. This app is registered with ${callback}.`,
          ]
        : []),
    ],
  }
}

export const newAppRoutes: readonly ConsoleRoute[] = [
  ['GET', '/apps/new', openFresh(open)],
  ['POST', '/apps/new', create],
]
