// A new identity provider: from what it is to its settings, which are checked before they are saved. What was typed is kept, but for
// secrets, which no page shows.
import { t } from '../../../views/console/message.ts'
import {
  checkButtons,
  newProviderPage,
  providerChoicePage,
} from '../../../views/console/providers/new-provider.ts'
import type { AddressesView } from '../../../views/console/providers/provider.ts'
import { type CheckView, newProviderPath, providerPath } from '../../../views/console/providers/providers.ts'
import { checkAnswer, provider } from '../../admin/identity-providers/schemas.ts'
import type { Problem } from '../../problem.ts'
import type { Form } from '../../web/request/body.ts'
import { adminCommand } from '../frame/command.ts'
import { formProblem, isFormProblem, refuseIncomplete } from '../frame/form.ts'
import { openFresh, staleProblem } from '../frame/fresh.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { showPage } from '../frame/show.ts'
import { newEntry } from './entry.ts'
import { allFields, kindNamed, type ProviderKind, providerKinds } from './kinds.ts'
import { fieldsOfProvider, hiddenSecrets, readSecrets } from './provider-form.ts'

/** Bytes of a form: metadata has some hundred thousand characters, a third of which are escaped. */
export const mostFormBytes = 2_000_000

async function open(request: ConsoleRequest): Promise<void> {
  const kind = kindNamed(request.query.get('kind'))
  if (kind !== undefined) return showForm(request, kind, {})
  await showPage(request, {
    section: 'providers',
    title: t('New provider'),
    body: providerChoicePage(providerKinds),
  })
}

interface Typed {
  readonly form?: Form
  readonly problem?: Problem | undefined
  readonly checked?: CheckView | undefined
}

async function showForm(request: ConsoleRequest, kind: ProviderKind, typed: Typed): Promise<void> {
  const { form, problem, checked } = typed
  const { issuer, use } = request.ports
  const values = (field: string): string | undefined =>
    form === undefined ? kind.begins[field] : form.get(field)
  await showPage(request, {
    section: 'providers',
    title: t('New provider'),
    status: problem === undefined ? 200 : 422,
    modules: request.ports.appModules,
    body: newProviderPage({
      title: kind.title,
      form: {
        target: { action: newProviderPath, token: request.token },
        ...fieldsOfProvider(kind, values, typed),
        problem: formProblem(allFields(kind), problem),
        submit: t('Check and create'),
        hidden: { kind: kind.id, ...hiddenSecrets(request, kind, typed) },
        beside: checkButtons(form === undefined ? undefined : t('Create anyway')),
      },
      checked,
      addresses: addressesToRegister(
        kind,
        use.identityProviders.addressesFor(kind.kind, values('name') || 'NAME'),
      ),
      there: kind.there,
      commands: [
        adminCommand(issuer, 'CreateIdentityProvider', [], {
          kind: kind.kind,
          name: kind.begins['name'] ?? 'corp',
          sign_in: '@sign-in.json',
        }),
      ],
    }),
  })
}

/** Without the address after a sign-out, where the form does not ask whether sign-outs go on there. */
const addressesToRegister = ({ fields }: ProviderKind, all: AddressesView): AddressesView =>
  fields.some(({ name }) => name === 'sign_in.sign_out') ? all : { ...all, signedOut: undefined }

/** Whether it is created without another question. */
const isFine = ({ steps, risks }: CheckView): boolean =>
  steps.every(({ ok }) => ok) && risks.every(({ level }) => level !== 'high')

async function create(request: ConsoleRequest): Promise<void> {
  const sent = await request.form(mostFormBytes)
  const kind = kindNamed(sent.get('kind'))
  if (kind === undefined) return request.redirect(newProviderPath)
  const { form, problem } = readSecrets(request, kind, sent)
  if (problem !== undefined) return showForm(request, kind, { form, problem })
  if (!(await request.isFresh())) return showForm(request, kind, { form, problem: staleProblem })
  const { body, missing } = newEntry(kind, form)
  const check = () => request.perform('CheckNewIdentityProvider', checkAnswer, { body })
  const todo = form.get('do')
  try {
    await refuseIncomplete(missing, check)
    if (todo !== 'save') {
      const checked = await check()
      if (todo === 'check' || !isFine(checked)) return showForm(request, kind, { form, checked })
    }
    const made = await request.perform('CreateIdentityProvider', provider, { body })
    request.redirect(`${providerPath(made.arn)}&done=created`)
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await showForm(request, kind, { form, problem: error })
  }
}

export const newProviderRoutes: readonly ConsoleRoute[] = [
  ['GET', '/providers/new', openFresh(open)],
  ['POST', '/providers/new', create],
]
