// A person as a SCIM User (RFC 7643 §4.1), and what of the admin API a changed User asks for.

import type { Call } from '../../iam/caller.ts'
import { externalIdOf } from '../../iam/people/external-ids.ts'
import type { Person } from '../../iam/people/person.ts'
import { instant } from '../instant.ts'
import { etagOf, isObject, type Resource } from './resource.ts'
import { urns } from './schemas.ts'

/** @param base URL of the SCIM endpoints */
export function userOf(person: Person, call: Call, base: string): Resource {
  const { displayName, attributes, email } = person
  const { givenName, familyName, locale, timeZone, phoneNumber, picture } = attributes
  const externalId = externalIdOf(person, call)
  const name = given({ formatted: displayName, familyName, givenName })
  return {
    schemas: [urns.user],
    id: person.id,
    ...given({ externalId }),
    userName: person.name,
    ...(Object.keys(name).length > 0 && { name }),
    ...given({ displayName, locale, timezone: timeZone }),
    active: !person.disabled,
    ...(email !== undefined && { emails: [{ value: email, type: 'work', primary: true }] }),
    ...(phoneNumber !== undefined && { phoneNumbers: [{ value: phoneNumber, type: 'work', primary: true }] }),
    ...(picture !== undefined && { photos: [{ value: picture, type: 'photo', primary: true }] }),
    ...(person.memberships.length > 0 && {
      groups: person.memberships.map((group) => ({
        value: group.id,
        $ref: `${base}/Groups/${group.id}`,
        display: group.name,
        type: 'direct',
      })),
    }),
    meta: {
      resourceType: 'User',
      created: instant(person.createdAt),
      lastModified: instant(person.modifiedAt),
      location: `${base}/Users/${person.id}`,
      version: etagOf(person.version),
    },
  }
}

const given = (values: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )

/** What the admin API stores of a User. Undefined: unassigned. */
export interface UserValues {
  readonly name: string
  readonly displayName: string | undefined
  readonly email: string | undefined
  readonly externalId: string | undefined
  readonly attributes: Readonly<Record<string, string | undefined>>
  readonly active: boolean | undefined
  readonly password: string | undefined
}

/** @param before the User before the change: of `displayName` and `name.formatted`, which are one, the changed one counts */
export function valuesOf(user: Resource, before: Resource = {}): UserValues {
  const name = isObject(user['name']) ? user['name'] : {}
  const nameBefore = isObject(before['name']) ? before['name'] : {}
  const displayName = text(user['displayName'])
  const formatted = text(name['formatted'])
  const formattedChanged = formatted !== text(nameBefore['formatted'])
  const displayNameChanged = displayName !== text(before['displayName'])
  return {
    name: text(user['userName']) ?? '',
    displayName: formattedChanged && !displayNameChanged ? formatted : (displayName ?? undefined),
    email: preferred(user['emails']),
    externalId: text(user['externalId']),
    attributes: {
      givenName: text(name['givenName']),
      familyName: text(name['familyName']),
      locale: text(user['locale']),
      timeZone: text(user['timezone']),
      // RFC 7643 §4.1.2: as in RFC 3966.
      phoneNumber: preferred(user['phoneNumbers'])
        ?.replace(/^tel:/i, '')
        .replace(/^(\+?\d+)-/, '$1 '),
      picture: preferred(user['photos']),
    },
    active: typeof user['active'] === 'boolean' ? user['active'] : undefined,
    password: text(user['password']),
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** The primary value, else the first. */
function preferred(list: unknown): string | undefined {
  const values = Array.isArray(list) ? list.filter(isObject) : []
  return text((values.find((one) => one['primary'] === true) ?? values[0])?.['value'])
}

/** The body of `CreatePerson`. */
export function newPersonOf(values: UserValues, verifiesEmail: boolean): Record<string, unknown> {
  const { name, displayName, email, externalId, attributes, active, password } = values
  return {
    name,
    ...given({ displayName, email, externalId, password }),
    ...(email !== undefined && verifiesEmail && { emailVerified: true }),
    ...(password !== undefined && { mustChangePassword: false }),
    attributes: given(attributes),
    ...(active === false && { state: 'disabled' }),
  }
}

/** The body of `UpdatePerson` that makes the person so. */
export function personChangeOf(
  person: Person,
  call: Call,
  values: UserValues,
  verifiesEmail: boolean,
): Record<string, unknown> {
  const { name, displayName, email, externalId } = values
  const attributes = Object.fromEntries(
    Object.entries(values.attributes).flatMap(([key, value]) =>
      value === attributeOf(person, key) ? [] : [[key, value ?? null]],
    ),
  )
  return {
    ...(name !== person.name && { name }),
    ...(displayName !== person.displayName && { displayName: displayName ?? null }),
    ...(email !== person.email && {
      email: email ?? null,
      ...(email !== undefined && verifiesEmail && { emailVerified: true }),
    }),
    ...(externalId !== externalIdOf(person, call) && { externalId: externalId ?? null }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
  }
}

const attributeOf = ({ attributes }: Person, name: string): string | undefined =>
  Object.entries(attributes).find(([key]) => key === name)?.[1]
