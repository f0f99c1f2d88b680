// Invites several people at once: a line each, with an e-mail address, or with user name, address and full name as in a CSV file.
import { formPage } from '../../../views/console/frame/form-page.ts'
import { known, t, type Words } from '../../../views/console/message.ts'
import { invitedManyPage, inviteManyPath } from '../../../views/console/people/invite-many.ts'
import { importAnswer, mostRows } from '../../admin/people/import-operation.ts'
import { Problem } from '../../problem.ts'
import type { Form } from '../../web/request/body.ts'
import { type FieldSpec, flag, formProblem, isFormProblem, suggestingFieldsOf } from '../frame/form.ts'
import { openFresh, staleProblem } from '../frame/fresh.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { sentence } from '../frame/sentence.ts'
import { showPage } from '../frame/show.ts'

const peopleField: FieldSpec = {
  name: 'people',
  label: t('People'),
  kind: 'lines',
  required: true,
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

const fieldsFor = ({ ports }: ConsoleRequest): readonly FieldSpec[] =>
  ports.use.linkMail.isConfigured ? [peopleField, groupsField, mailField] : [peopleField, groupsField]

const commands = ['npx chancery people import people.csv']

async function show(request: ConsoleRequest, form?: Form, problem?: Problem): Promise<void> {
  const fields = fieldsFor(request)
  await showPage(request, {
    section: 'people',
    title: t('Invite several people'),
    status: problem === undefined ? 200 : 422,
    body: formPage({
      crumb: { href: '/console/people', title: t('People') },
      title: t('Invite several people'),
      lead: t(
        'People who exist already are never changed. For a CSV file of any size there is the command `npx chancery people import people.csv`.',
      ),
      form: {
        target: { action: inviteManyPath, token: request.token },
        fields: await suggestingFieldsOf(
          request,
          fields,
          (name) => (form === undefined && name === 'mail' ? 'true' : form?.get(name)),
          problem,
        ),
        problem: formProblem(fields, problem),
        submit: t('Invite'),
      },
      commands,
    }),
  })
}

const linesOf = (text: string | undefined, separator: RegExp): readonly string[] =>
  (text ?? '')
    .split(separator)
    .map((line) => line.trim())
    .filter((line) => line !== '')

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
  const form = await request.form()
  if (!(await request.isFresh())) return show(request, form, staleProblem)
  const groups = linesOf(form.get('groups'), /[\n,]/)
  const rows = linesOf(form.get('people'), /\n/).map((line) => ({ ...rowOf(line), groups }))
  try {
    if (rows.length === 0 || rows.length > mostRows) throw badCount(rows.length)
    const body = { rows, invite: form.get('mail') === 'true' }
    const answer = await request.ask('ImportPeople', importAnswer, { body })
    await showPage(request, {
      section: 'people',
      title: t('Invited'),
      body: invitedManyPage({
        ...answer,
        results: answer.results.map((row) => ({ ...row, errors: (row.errors ?? []).map(rowFault) })),
        commands,
      }),
    })
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await show(request, form, error)
  }
}

/** What is wrong with a row, as a sentence. */
const rowFault = ({ field, message }: { readonly field: string; readonly message: string }): Words =>
  field === '' ? known(sentence(message)) : t('{field} {fault}.', { field, fault: known(message) })

function badCount(count: number): Problem {
  const message =
    count === 0 ? 'must name somebody' : `must have at most ${mostRows} lines; these are ${count}`
  return new Problem('validation', message, { fields: [{ field: 'people', message }] })
}

export const inviteManyRoutes: readonly ConsoleRoute[] = [
  ['GET', '/people/invite/many', openFresh((request) => show(request))],
  ['POST', '/people/invite/many', invite],
]
