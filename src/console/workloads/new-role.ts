// A role for a workload: from the kind of issuer to a trust policy that lets in this workload alone.
import { formPage } from '../../../views/console/frame/form-page.ts'
import { fieldFault, known, sentences, t, type Words } from '../../../views/console/message.ts'
import { presetsPage, rolePath } from '../../../views/console/workloads/workloads.ts'
import { openIdProviderArn } from '../../iam/arn.ts'
import { isProblem, Problem } from '../../problem.ts'
import { type WorkloadPreset, workloadPresets, workloadTemplate } from '../../sts/outside/workload-presets.ts'
import type { Form } from '../../web/request/body.ts'
import { type FieldSpec, fieldsOf, formProblem, isFormProblem, requireFields } from '../frame/form.ts'
import { openFresh, staleProblem } from '../frame/fresh.ts'
import { withNewName } from '../frame/new-name.ts'
import { part } from '../frame/part.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { sentence } from '../frame/sentence.ts'
import { showPage } from '../frame/show.ts'

/** An option of the command line as the label of a field. */
const labelOf = (option: string): Words => {
  const text = option.replaceAll('-', ' ').replace(/^url$/, 'issuer URL')
  return known(`${text.charAt(0).toUpperCase()}${text.slice(1)}`)
}

const fieldsFor = (preset: WorkloadPreset): readonly FieldSpec[] => [
  {
    name: 'role',
    label: t('Name of the role'),
    kind: 'text',
    required: true,
    note: t('For instance deploy.'),
  },
  ...preset.options.map(
    ({ name, is, optional }): FieldSpec => ({
      name: `option-${name}`,
      label: labelOf(name),
      kind: 'text',
      note: known(sentence(is)),
      required: !optional,
    }),
  ),
  ...(preset.options.some(({ name }) => name === 'audience') ? [] : [audienceField(preset)]),
]

const audienceField = ({ usualAudience }: WorkloadPreset): FieldSpec => ({
  name: 'option-audience',
  label: t('Audience'),
  kind: 'text',
  note: sentences([
    t('Whom the token is for, as the job asks for it.'),
    ...(usualAudience === undefined ? [] : [t('Empty: `{audience}`.', { audience: usualAudience })]),
  ]),
  required: usualAudience === undefined,
})

async function open(request: ConsoleRequest): Promise<void> {
  const preset = presetNamed(request.query.get('preset'))
  if (preset !== undefined) return show(request, preset, undefined)
  await showPage(request, {
    section: 'workloads',
    title: t('New role'),
    body: presetsPage({ presets: workloadPresets }),
  })
}

const presetNamed = (name: string | undefined): WorkloadPreset | undefined =>
  workloadPresets.find((one) => one.name === name)

async function show(
  request: ConsoleRequest,
  preset: WorkloadPreset,
  form: Form | undefined,
  problem?: Problem,
): Promise<void> {
  const fields = fieldsFor(preset)
  const fault = problem && ofField(problem)
  const template = form && problem === undefined ? templateOf(request, preset, form) : undefined
  await showPage(request, {
    section: 'workloads',
    title: t('New role'),
    status: problem === undefined ? 200 : 422,
    body: formPage({
      crumb: { href: '/console/workloads/new', title: t('Who becomes it') },
      title: t('New role for {workload}', { workload: known(preset.title) }),
      lead: t('The trust policy lets in this workload alone.'),
      form: {
        target: { action: '/console/workloads/new', token: request.token },
        fields: fieldsOf(fields, (name) => form?.get(name), fault),
        problem: fault && problemAbove(fields, fault),
        submit: t('Create the role'),
        hidden: { preset: preset.name },
      },
      commands: template?.calls ?? [`npx chancery trust template ${preset.name} --role deploy`],
    }),
  })
}

/** The command line has dashes before its options, which are fields here. */
const withoutDashes = (message: string): string =>
  message.replace(/(?<![\w-])--([a-z]+(?:-[a-z]+)*)/g, (_, name: string) => name.replaceAll('-', ' '))

/** Problems of a template name their option as the command line has it. */
function ofField(problem: Problem): Problem {
  const [, option, what] = /^--([\w-]+) (.+)$/.exec(problem.message) ?? []
  if (option === undefined || what === undefined) return problem
  const field = option === 'role' ? 'role' : `option-${option}`
  return new Problem(problem.code, problem.message, { fields: [{ field, message: withoutDashes(what) }] })
}

function problemAbove(fields: readonly FieldSpec[], problem: Problem): Words | string | undefined {
  const { message, fields: [wrong, another] = [] } = problem
  if (another !== undefined) return formProblem(fields, problem)
  const spec = fields.find(({ name }) => name === wrong?.field)
  return wrong === undefined || spec === undefined
    ? sentence(withoutDashes(message))
    : fieldFault(spec.label, wrong.message)
}

function templateOf(request: ConsoleRequest, preset: WorkloadPreset, form: Form) {
  const names = [...preset.options.map(({ name }) => name), 'audience']
  const given = names.flatMap((name) => {
    const value = (form.get(`option-${name}`) ?? '').trim()
    return value === '' ? [] : [[name, value] as const]
  })
  return workloadTemplate({
    preset: preset.name,
    accountId: request.accountId,
    roleName: (form.get('role') ?? '').trim(),
    endpoint: request.ports.issuer,
    given: Object.fromEntries(given),
  })
}

/** An issuer that is known already must accept the audience, too. */
async function trustIssuer({ ports, call, accountId }: ConsoleRequest, url: string, clientId: string) {
  try {
    await ports.iam.createOpenIDConnectProvider(call, { url, clientIds: [clientId] })
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error
    const arn = openIdProviderArn(accountId, url)
    const registered = await part(() => ports.iam.getOpenIDConnectProvider(call, { arn }))
    if ('value' in registered && !registered.value.clientIds.includes(clientId))
      await ports.iam.addClientIDToOpenIDConnectProvider(call, { arn, clientId })
  }
}

async function create(request: ConsoleRequest): Promise<void> {
  const form = await request.form()
  const preset = presetNamed(form.get('preset'))
  if (preset === undefined) throw new Problem('validation', 'choose where the workload runs')
  if (!(await request.isFresh())) return show(request, preset, form, staleProblem)
  const { iam } = request.ports
  try {
    requireFields(fieldsFor(preset), form)
    const { url, clientId, trust } = templateOf(request, preset, form)
    await trustIssuer(request, url, clientId)
    const roleName = (form.get('role') ?? '').trim()
    const role = await withNewName({ kind: 'role', field: 'role', name: roleName }, () =>
      iam.createRole(request.call, { roleName, trust }),
    )
    request.redirect(`${rolePath(role.name)}?done=created`)
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await show(request, preset, form, error)
  }
}

export const newRoleRoutes: readonly ConsoleRoute[] = [
  ['GET', '/workloads/new', openFresh(open)],
  ['POST', '/workloads/new', create],
]
