// Invites several people at once: a line each, with an e-mail address, or with user name, address and full name; or a CSV file.
import { fieldFault, known, sentences, t, type Words } from '../../../views/console/message.ts'
import {
  type InvitedRow,
  invitedManyPage,
  inviteManyPage,
  inviteManyPath,
} from '../../../views/console/people/invite-many.ts'
import type { RowReport } from '../../admin/people/csv/row-report.ts'
import { groupsNamed, membershipPermissions } from '../../admin/people/groups-of-request.ts'
import { importAnswer, mostRows } from '../../admin/people/import-operation.ts'
import { mostGroups } from '../../admin/people/schemas.ts'
import { type FieldFault, isProblem, Problem } from '../../problem.ts'
import { discardBody, type Form } from '../../web/request/body.ts'
import type { Upload } from '../../web/request/upload.ts'
import {
  type FieldSpec,
  flag,
  formProblem,
  isFormProblem,
  refuseIncomplete,
  suggestingFieldsOf,
} from '../frame/form.ts'
import { openFresh, staleProblem } from '../frame/fresh.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { sentence } from '../frame/sentence.ts'
import { showPage } from '../frame/show.ts'
import { partsOf } from '../frame/typed.ts'
import { importFile } from './import-file.ts'
import { mostFileBytes, readPeopleFile, tooLarge } from './people-file.ts'

const peopleField: FieldSpec = {
  name: 'people',
  label: t('People'),
  kind: 'lines',
  note: t('One on each line, at most {count}: ada@acme.example, or ada, ada@acme.example, Ada Lovelace.', {
    count: mostRows,
  }),
}
const groupsField: FieldSpec = {
  name: 'groups',
  label: t('Groups'),
  kind: 'names',
  suggest: 'group',
  note: t('Names, separated by commas.'),
}
const mailField = flag('mail', t('Send each a link by mail'))
const wrongField: FieldSpec = {
  name: 'wrong',
  label: t('When a line of the file is wrong'),
  kind: 'choice',
  required: true,
  options: [
    ['nobody', t('Create nobody')],
    ['others', t('Create the others')],
  ],
}
/** The file, what was typed, and the rest of the form. */
const mostBytes = mostFileBytes + 65_536
/** Of a file that is too large, so that the page says so. */
const mostDiscardedBytes = 64_000_000

const fieldsFor = ({ ports }: ConsoleRequest) => ({
  above: [peopleField],
  below: ports.use.linkMail.isConfigured ? [wrongField, groupsField, mailField] : [wrongField, groupsField],
})

const commands = ['npx chancery people import people.csv']

interface Shown {
  readonly form?: Form
  readonly problem?: Problem
  /** What is wrong with the file as a whole, as sentences. */
  readonly fileProblem?: readonly Words[]
  /** Lines that are wrong. */
  readonly wrong?: readonly RowReport[]
  readonly status?: number
}

async function show(
  request: ConsoleRequest,
  { form, problem, fileProblem = [], wrong = [], status }: Shown = {},
): Promise<void> {
  const { above, below } = fieldsFor(request)
  const values = (name: string) => (form === undefined && name === 'mail' ? 'true' : form?.get(name))
  const isRefused = problem !== undefined || fileProblem.length + wrong.length > 0
  await showPage(request, {
    section: 'people',
    title: t('Invite several people'),
    status: status ?? (isRefused ? 422 : 200),
    body: inviteManyPage({
      target: { action: inviteManyPath, token: request.token },
      above: await suggestingFieldsOf(request, above, values, problem),
      fileProblem: fileProblem.length === 0 ? undefined : sentences(fileProblem),
      below: await suggestingFieldsOf(request, below, values, problem),
      problem:
        problem === undefined && fileProblem.length > 0
          ? t('One field needs attention.')
          : formProblem([...above, ...below], problem),
      wrong: wrong.map(invitedRow),
      commands,
    }),
  })
}

const peopleLines = (form: Form): readonly string[] => partsOf(form.get('people') ?? '', 'lines')

/** A row of the import; quotes around a value are left out. */
export function rowOf(line: string): { name: string; email?: string; displayName?: string } {
  const [first = '', email, ...rest] = line
    .split(/[,;\t]/)
    .map((part) => part.trim().replace(/^"(.*)"$/, '$1'))
  const displayName = rest.join(' ').trim()
  if (email === undefined) return first.includes('@') ? { name: first, email: first } : { name: first }
  return {
    name: first,
    ...(email !== '' && { email }),
    ...(displayName !== '' && { displayName }),
  }
}

async function invite(request: ConsoleRequest): Promise<void> {
  const upload = await uploadOf(request)
  if (upload === undefined) return showTooLarge(request)
  const { form } = upload
  const file = upload.files.get('file')
  const chooseAgain = file === undefined ? {} : { fileProblem: [t('Choose the file again.')] }
  if (!(await request.isFresh())) return show(request, { form, problem: staleProblem, ...chooseAgain })
  try {
    if (file !== undefined) return await inviteFile(request, form, file)
    await inviteLines(request, form)
  } catch (problem) {
    if (!isFormProblem(problem)) throw problem
    await show(request, { form, problem, ...chooseAgain })
  }
}

/** Undefined when it is too large to be read. */
async function uploadOf(request: ConsoleRequest): Promise<Upload | undefined> {
  try {
    return await request.upload(mostBytes)
  } catch (error) {
    if (isProblem(error, 'too_large')) return undefined
    throw error
  }
}

async function showTooLarge(request: ConsoleRequest): Promise<void> {
  await discardBody(request.ctx.req, { maxBytes: mostDiscardedBytes })
  await show(request, { fileProblem: [tooLarge], status: 413 })
}

const optionsOf = (form: Form) => ({
  groups: partsOf(form.get('groups') ?? '', 'list'),
  invite: form.get('mail') === 'true',
})

/** @throws Problem */
async function inviteLines(request: ConsoleRequest, form: Form): Promise<void> {
  await mayImport(request)
  const { groups, invite: byMail } = optionsOf(form)
  const rows = peopleLines(form).map((line) => ({ ...rowOf(line), groups }))
  const checkGroups = () => refuseUnknownGroups(request, form)
  await refuseIncomplete(countFaults(rows.length), checkGroups)
  await checkGroups()
  const body = { rows, invite: byMail }
  const { results } = await request.perform('ImportPeople', importAnswer, { body })
  await showInvited(
    request,
    results.map((row) => ({ ...row, problems: (row.errors ?? []).map(rowFault) })),
  )
}

/**
 * Reading a file is work: only for those who may import, and the refusal is on record.
 * @throws Problem('denied')
 */
async function mayImport(request: ConsoleRequest): Promise<void> {
  const resource = `arn:aws:iam::${request.accountId}:user/*`
  const denial = await request.denial({ action: 'chancery:ImportPeople', resource })
  if (denial !== undefined) await request.perform('ImportPeople', importAnswer, { body: { dryRun: true } })
}

/**
 * Checks the groups for all lines once, so that an unknown group, or too many groups, is one fault of the form instead of a fault of
 * every line. Callers without permission to add people to the groups cannot probe which groups exist: each line is denied instead.
 * @throws Problem('validation')
 */
async function refuseUnknownGroups(request: ConsoleRequest, form: Form): Promise<void> {
  const { use } = request.ports
  const { groups } = optionsOf(form)
  if (groups.length > mostGroups) throw groupFault(`must have at most ${mostGroups} items`)
  const permissions = await membershipPermissions(use, request.call, { before: [], after: groups })
  const denials = await Promise.all(
    permissions.map(({ action, arn }) => request.denial({ action: `chancery:${action}`, resource: arn })),
  )
  if (denials.every((denial) => denial === undefined)) await groupsNamed(use, request.call, 'groups', groups)
}

const groupFault = (message: string): Problem =>
  new Problem('validation', message, { fields: [{ field: 'groups', message }] })

/** @throws Problem */
async function inviteFile(request: ConsoleRequest, form: Form, bytes: Buffer): Promise<void> {
  await mayImport(request)
  await refuseUnknownGroups(request, form)
  if (peopleLines(form).length > 0)
    return show(request, { form, fileProblem: [t('Give lines or a file, not both.')] })
  const file = await readPeopleFile(bytes)
  if ('faults' in file) return show(request, { form, fileProblem: file.faults })
  const options = { ...optionsOf(form), createsOthers: form.get('wrong') === 'others' }
  const { isDone, reports } = await importFile(request, file, options)
  if (!isDone) return show(request, { form, wrong: reports })
  await showInvited(request, reports.map(invitedRow))
}

const showInvited = (request: ConsoleRequest, rows: readonly InvitedRow[]): Promise<void> =>
  showPage(request, {
    section: 'people',
    title: t('Invited'),
    body: invitedManyPage({ rows, commands }),
  })

const invitedRow = ({ line, name, status, invited, errors = [], notes = [] }: RowReport): InvitedRow => ({
  line,
  name,
  status,
  invited,
  problems: [...errors, ...notes].map(({ column = '', message }) => rowFault({ field: column, message })),
})

/** What is wrong with a row, as a sentence. */
const rowFault = ({ field, message }: { readonly field: string; readonly message: string }): Words =>
  field === '' ? known(sentence(message)) : fieldFault(field, message)

function countFaults(count: number): readonly FieldFault[] {
  if (count > 0 && count <= mostRows) return []
  const message =
    count === 0 ? 'must name somebody' : `must have at most ${mostRows} lines; these are ${count}`
  return [{ field: 'people', message }]
}

export const inviteManyRoutes: readonly ConsoleRoute[] = [
  ['GET', '/people/invite/many', openFresh((request) => show(request))],
  ['POST', '/people/invite/many', invite],
]
