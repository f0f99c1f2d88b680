// One person of an import: created by the operations that create one person, with their permissions and audit entries. A person
// who exists already is compared and never changed, so that the same rows can be sent again.
import type { z } from 'zod'
import type { Call } from '../../iam/caller.ts'
import type { Person } from '../../iam/people/person.ts'
import { type FieldFault, isProblem, Problem } from '../../problem.ts'
import { parseInput } from '../input.ts'
import type { FurtherOperation, UseCases } from '../use-cases.ts'
import { groupsNamed } from './groups-of-request.ts'
import { newPerson } from './schemas.ts'
import { newPersonTarget, nothing } from './target.ts'

type NewPerson = z.output<typeof newPerson>

export interface ImportOptions {
  readonly dryRun: boolean
  /** People without a password get an invitation by mail. */
  readonly invite: boolean
  /** Of a dry run: who would have been created by the rows of this request before, by name in lower case. */
  readonly wouldBe: Map<string, ComparedPerson>
}

export type ImportedRow =
  | {
      readonly status: 'created' | 'unchanged'
      readonly name: string
      /** Whether an invitation is sent. */
      readonly isInvited: boolean
    }
  | { readonly status: 'failed'; readonly name: string; readonly problem: Problem }

/** @throws what is no Problem: a fault of the server */
export async function importRow(
  use: UseCases,
  { caller, circumstances }: Call,
  row: Readonly<Record<string, unknown>>,
  options: ImportOptions,
): Promise<ImportedRow> {
  // Of its own, so that the audit entry of the request does not collect the decisions of every row.
  const call = { caller, circumstances: { ...circumstances } }
  try {
    const schemas = { params: nothing, query: nothing, body: newPerson }
    const input = parseInput(schemas, { params: {}, query: new Map(), body: row })
    return await importPerson(use, call, input, options)
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    return { status: 'failed', name: nameOf(row), problem }
  }
}

const nameOf = ({ name }: Readonly<Record<string, unknown>>): string =>
  typeof name === 'string' ? name.slice(0, 128) : ''

async function importPerson(
  use: UseCases,
  call: Call,
  input: NewPerson,
  options: ImportOptions,
): Promise<ImportedRow> {
  const isInvited = options.invite && input.passwordHash === undefined && input.state !== 'disabled'
  const { state: _, ...invited } = input
  const creation: FurtherOperation = isInvited
    ? { name: 'InvitePerson', body: { ...invited, mail: true } }
    : // Nobody wants a million messages by accident.
      { name: 'CreatePerson', body: { ...input, confirmEmail: false } }
  const row: Row = { input, creation, options }
  const existing = await use.people.named(call, input.name)
  if (existing !== undefined) return compare(use, call, row, existing)
  if (isInvited && input.email === undefined) {
    await authorizeCreation(use, call, row)
    throw fault('email', 'is required for an invitation')
  }
  if (options.dryRun) {
    await authorizeCreation(use, call, row)
    const before = options.wouldBe.get(input.name.toLowerCase())
    if (before !== undefined) {
      refuseDifferences(input, before, 'is another in a row before, of the same name')
      return { status: 'unchanged', name: input.name, isInvited: false }
    }
    const groups = await groupsNamed(use, call, 'groups', input.groups ?? [])
    await use.peopleChanges.checkGroupCount(call, groups.length)
    options.wouldBe.set(input.name.toLowerCase(), createdBy(input))
  } else {
    try {
      await use.perform(call, creation)
    } catch (error) {
      // Another request created a person of this name meanwhile.
      const made = isProblem(error, 'conflict') ? await use.people.named(call, input.name) : undefined
      if (made === undefined) throw error
      return compare(use, call, row, made)
    }
  }
  return { status: 'created', name: input.name, isInvited }
}

interface Row {
  readonly input: NewPerson
  /** The operation that creates the person. */
  readonly creation: FurtherOperation
  readonly options: ImportOptions
}

/** The permissions that creating the person takes, whether or not there is one, so that nobody else learns which. */
async function authorizeCreation(
  use: UseCases,
  call: Call,
  { input, creation, options }: Row,
): Promise<void> {
  const { arn, also = [] } = await newPersonTarget(use, call, input)
  await onRecord(use, call, creation, options, async () => {
    for (const { action, arn: resource } of [{ action: creation.name, arn }, ...also])
      await use.authorize(call, `chancery:${action}`, resource)
  })
}

/** Performs an operation that is denied, so that the refusal is in the audit trail, unless nothing is to be done at all. */
async function onRecord(
  use: UseCases,
  call: Call,
  operation: FurtherOperation,
  { dryRun }: ImportOptions,
  authorize: () => Promise<unknown>,
): Promise<void> {
  try {
    await authorize()
  } catch (error) {
    if (!dryRun && isProblem(error, 'denied')) await use.perform(call, operation)
    throw error
  }
}

/** @throws Problem('conflict') with every field in which the person differs */
async function compare(use: UseCases, call: Call, row: Row, person: Person): Promise<ImportedRow> {
  const { input, options } = row
  const { name } = input
  await authorizeCreation(use, call, row)
  // What is the same and what differs says what the person has.
  const reading = { name: 'GetPerson', params: { person: person.id } }
  await onRecord(use, call, reading, options, () => use.authorize(call, 'chancery:GetPerson', person.arn))
  refuseDifferences(input, person, 'is another for the person who has this name')
  return {
    status: 'unchanged',
    name,
    isInvited: options.invite && (await inviteAgain(use, call, person, options)),
  }
}

/** @throws Problem('conflict') with every field in which the person differs */
function refuseDifferences(input: NewPerson, person: ComparedPerson, message: string): void {
  const fields = differences(input, person).map((field) => ({ field, message }))
  if (fields.length === 0) return
  const named = fields.map(({ field }) => field).join(', ')
  const text = `the name \`${input.name}\` is taken by a person with another ${named}`
  throw new Problem('conflict', text, { fields })
}

/** What a row is compared with. */
export type ComparedPerson = Pick<
  Person,
  'path' | 'displayName' | 'email' | 'emailVerified' | 'attributes' | 'groups' | 'disabled' | 'password'
>

/** The person that a row would create, as the next row of that name would find them. */
export const createdBy = (input: NewPerson): ComparedPerson => ({
  path: input.path ?? '/',
  displayName: input.displayName,
  email: input.email,
  emailVerified: input.email !== undefined && input.emailVerified === true,
  attributes: input.attributes ?? {},
  groups: input.groups ?? [],
  disabled: input.state === 'disabled',
  password: input.passwordHash === undefined ? 'none' : 'set',
})

/** Fields with a value that the person does not have; what the row leaves out may be anything, and so may a password. */
export function differences(input: NewPerson, person: ComparedPerson): readonly string[] {
  const { path, displayName, email, emailVerified, attributes = {}, groups = [], state, passwordHash } = input
  const named = new Set(person.groups.map((group) => group.toLowerCase()))
  const differing: readonly (readonly [string, boolean])[] = [
    ['path', path !== undefined && path !== person.path],
    ['displayName', displayName !== undefined && displayName !== person.displayName],
    ['email', email !== undefined && email.toLowerCase() !== person.email?.toLowerCase()],
    ['emailVerified', emailVerified === true && !person.emailVerified],
    ...Object.entries(attributes).map(
      ([name, value]) =>
        [
          `attributes.${name}`,
          value !== undefined && value !== new Map(Object.entries(person.attributes)).get(name),
        ] as const,
    ),
    ['groups', groups.some((group) => !named.has(group.toLowerCase()))],
    ['state', state === 'disabled' && !person.disabled],
    ['passwordHash', passwordHash !== undefined && person.password === 'none'],
  ]
  return differing.flatMap(([field, isDifferent]) => (isDifferent ? [field] : []))
}

/**
 * Of an import that was interrupted, the people who were created and not invited are. Whoever has a password, signs in with an
 * identity provider or has a link that can still be used is not.
 */
async function inviteAgain(
  use: UseCases,
  call: Call,
  person: Person,
  { dryRun }: ImportOptions,
): Promise<boolean> {
  const { password, disabled, email, identities } = person
  if (password !== 'none' || disabled || email === undefined || identities.length > 0) return false
  if (await use.links.isOpen(person)) return false
  if (dryRun) await use.authorize(call, 'chancery:CreateSignInLink', person.arn)
  else
    await use.perform(call, {
      name: 'CreateSignInLink',
      params: { person: person.id },
      body: { mail: true, hours: 72 },
    })
  return true
}

const fault = (field: string, message: string): Problem =>
  new Problem('validation', `\`${field}\` ${message}`, { fields: [{ field, message }] })

/** What was wrong, by field where it is known. */
export const faultsOf = ({ fields, message }: Problem): readonly FieldFault[] =>
  fields ?? [{ field: '', message }]
