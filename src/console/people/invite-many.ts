// Invites several people at once: a line each, with an e-mail address, or with user name, address and full name as in a CSV file.
import { formPage } from '../../../views/console/frame/form-page.ts'
import { invitedManyPage, inviteManyPath } from '../../../views/console/people/invite-many.ts'
import { importAnswer, mostRows } from '../../admin/people/import-operation.ts'
import { Problem } from '../../problem.ts'
import type { Form } from '../../web/request/body.ts'
import { type FieldSpec, flag, formProblem, isFormProblem, suggestingFieldsOf } from '../frame/form.ts'
import { openFresh, staleProblem } from '../frame/fresh.ts'
import type { ConsoleRequest } from '../frame/request.ts'
import type { ConsoleRoute } from '../frame/route.ts'
import { showPage } from '../frame/show.ts'

const peopleField: FieldSpec = {
  name: 'people',
  label: 'People',
  kind: 'lines',
  required: true,
  note: `One on each line, at most ${mostRows}: ada@acme.example, or ada, ada@acme.example, Ada Lovelace.`,
}
const groupsField: FieldSpec = {
  name: 'groups',
  label: 'Groups',
  kind: 'names',
  suggest: 'group',
  note: 'Names, separated by commas.',
}
const mailField = flag('mail', 'Send each a link by mail')

const fieldsFor = ({ ports }: ConsoleRequest): readonly FieldSpec[] =>
  ports.use.linkMail.isConfigured ? [peopleField, groupsField, mailField] : [peopleField, groupsField]

const commands = ['npx chancery people import people.csv']

async function show(request: ConsoleRequest, form?: Form, problem?: Problem): Promise<void> {
  const fields = fieldsFor(request)
  await showPage(request, {
    section: 'people',
    title: 'Invite several people',
    status: problem === undefined ? 200 : 422,
    body: formPage({
      crumb: { href: '/console/people', title: 'People' },
      title: 'Invite several people',
      lead: 'People who exist already are never changed. For a CSV file of any size there is the command `npx chancery people import people.csv`.',
      form: {
        target: { action: inviteManyPath, token: request.token },
        fields: await suggestingFieldsOf(
          request,
          fields,
          (name) => (form === undefined && name === 'mail' ? 'true' : form?.get(name)),
          problem,
        ),
        problem: formProblem(fields, problem),
        submit: 'Invite',
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
      title: 'Invited',
      body: invitedManyPage({ ...answer, commands }),
    })
  } catch (error) {
    if (!isFormProblem(error)) throw error
    await show(request, form, error)
  }
}

function badCount(count: number): Problem {
  const message = count === 0 ? 'must name somebody' : `must be at most ${mostRows} lines; these are ${count}`
  return new Problem('validation', message, { fields: [{ field: 'people', message }] })
}

export const inviteManyRoutes: readonly ConsoleRoute[] = [
  ['GET', '/people/invite/many', openFresh((request) => show(request))],
  ['POST', '/people/invite/many', invite],
]
