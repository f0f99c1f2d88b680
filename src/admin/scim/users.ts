// `/Users` (RFC 7644 §3).
import { accountOf, userArn } from '../../iam/arn.ts'
import type { Person } from '../../iam/people/person.ts'
import { list } from './list.ts'
import { applyStep, patchSteps } from './patch.ts'
import { project } from './projection.ts'
import { perform, permit, reading, refuseUnknown, type ScimRequest, unknownResource } from './request.ts'
import { etagOf, isObject, type Resource, resourceOf } from './resource.ts'
import { userSchema } from './schemas.ts'
import { newPersonOf, personChangeOf, userOf, valuesOf } from './user.ts'

export interface ScimAnswer {
  readonly status: 200 | 201 | 204 | 304
  readonly body?: Resource | undefined
  readonly etag?: string | undefined
  readonly location?: string | undefined
}

/** By id alone: a name would not be an id of RFC 7643 §3.1. */
async function found(request: ScimRequest, id: string): Promise<Person | undefined> {
  const person = await request.ports.use.people.find(request.call, id)
  return person?.id === id ? person : undefined
}

const arnOf = ({ call }: ScimRequest, person: Person | undefined, id: string): string =>
  person?.arn ?? userArn({ accountId: accountOf(call.caller), path: '/', name: id.slice(0, 64) })

export async function getUser(request: ScimRequest, id: string): Promise<ScimAnswer> {
  const person = await found(request, id)
  return reading(
    request,
    { action: 'GetPerson', arn: arnOf(request, person, id), details: { id } },
    async () => userAnswer(request, known(request, person, id), 200),
  )
}

export const listUsers = async (request: ScimRequest): Promise<ScimAnswer> => {
  const { ports, call, projection, query } = request
  const full = (person: Person): Resource => userOf(person, call, ports.base)
  const arn = `arn:aws:iam::${accountOf(call.caller)}:user/*`
  const details = Object.fromEntries(query)
  return reading(request, { action: 'ListPeople', arn, details }, async () => ({
    status: 200,
    body: await list(request, {
      schema: userSchema,
      directory: ports.people,
      full: async (person) => full(person),
      show: async (people) => people.map((person) => project(projection, full(person))),
    }),
  }))
}

export async function createUser(request: ScimRequest, body: Resource): Promise<ScimAnswer> {
  const values = valuesOf(resourceOf(userSchema, body))
  const made = await perform(request, {
    name: 'CreatePerson',
    body: newPersonOf(values, request.verifiesEmail),
  })
  const id = isObject(made) && typeof made['id'] === 'string' ? made['id'] : ''
  return userAnswer(request, known(request, await found(request, id), id), 201)
}

/** PUT: what is left out is removed, but for `active`, which stays. */
export const replaceUser = (request: ScimRequest, id: string, body: Resource): Promise<ScimAnswer> => {
  const next = resourceOf(userSchema, body)
  return change(request, id, () => next)
}

export const patchUser = (request: ScimRequest, id: string, body: Resource): Promise<ScimAnswer> => {
  const steps = patchSteps(userSchema, body)
  const hasFilter = steps.some(({ path }) => path.filter !== undefined)
  const next = (user: Resource) => steps.reduce((changed, step) => applyStep(userSchema, changed, step), user)
  return change(request, id, next, hasFilter)
}

/**
 * Brings the person to what the User is to be. Disabling goes first and enabling last, so that nothing else is in the way of
 * either. Each operation is a step of its own: when one fails, those before it stay.
 */
async function change(
  request: ScimRequest,
  id: string,
  next: (user: Resource) => Resource,
  hasFilter = false,
): Promise<ScimAnswer> {
  const { call, ports, verifiesEmail } = request
  const person = await found(request, id)
  const params = { person: id }
  if (person === undefined)
    return refuseUnknown(request, 'UpdatePerson', { arn: arnOf(request, person, id), id })
  // By whether a filter matches, the answer says what the person has.
  if (hasFilter) await permit(request, [['UpdatePerson', 'GetPerson']], person.arn)
  const user = userOf(person, call, ports.base)
  const values = valuesOf(next(user), user)
  const body = personChangeOf(person, call, values, verifiesEmail)
  const active = values.active ?? !person.disabled
  const changes = [
    ...(!active && !person.disabled ? [{ name: 'DisablePerson' }] : []),
    ...(Object.keys(body).length > 0 ? [{ name: 'UpdatePerson', body }] : []),
    ...(values.password === undefined
      ? []
      : [{ name: 'SetPersonPassword', body: { password: values.password, mustChange: false } }]),
    ...(active && person.disabled ? [{ name: 'EnablePerson' }] : []),
  ]
  const all = changes.length === 0 ? [{ name: 'UpdatePerson' }] : changes
  // The first one compares the version; the others follow it.
  for (const [at, one] of all.entries())
    await perform(request, { ...one, params, ifMatch: at === 0 ? request.ifMatch : undefined })
  return userAnswer(request, known(request, await found(request, id), id), 200)
}

export async function deleteUser(request: ScimRequest, id: string): Promise<ScimAnswer> {
  const person = await found(request, id)
  if (person === undefined)
    return refuseUnknown(request, 'DeletePerson', { arn: arnOf(request, person, id), id })
  await perform(request, { name: 'DeletePerson', params: { person: id }, ifMatch: request.ifMatch })
  return { status: 204 }
}

function known({ call }: ScimRequest, person: Person | undefined, id: string): Person {
  if (person === undefined) throw unknownResource(call, 'User', id)
  return person
}

function userAnswer(request: ScimRequest, person: Person, status: 200 | 201): ScimAnswer {
  const { call, ports, projection } = request
  return {
    status,
    body: project(projection, userOf(person, call, ports.base)),
    etag: etagOf(person.version),
    location: `${ports.base}/Users/${person.id}`,
  }
}
