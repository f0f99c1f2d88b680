// Schemas of people in the admin API.
import { z } from 'zod'
import { faultOfHash } from '../../iam/password/imported-hashes.ts'
import { attributeNames, attributeRules, oneLine } from '../../iam/people/attributes.ts'
import type { Person } from '../../iam/people/person.ts'
import { type PersonUse, secondFactorKinds } from '../../iam/people/person-use.ts'
import { emailAddress } from '../../iam/sign-in/email-address.ts'
import { instant } from '../instant.ts'

export const personName = z.string().min(1).max(128).describe('user name, or unique id (`AIDA…`)')

const attributes = z
  .record(z.string(), z.string())
  .describe('attributes by name: givenName, familyName, locale, timeZone, picture, phoneNumber')

export const line = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(oneLine, { error: 'must be one line without control characters' })
    .refine((value) => value.trim() !== '', { error: 'must not be blank' })

const attribute = (name: (typeof attributeNames)[number]) =>
  z
    .string()
    .max(2048)
    .refine(attributeRules[name].accepts, { error: `is not a valid value of ${name}` })

/** Attributes by name, as far as they are given. */
const attributeValues = z
  .strictObject(Object.fromEntries(attributeNames.map((name) => [name, attribute(name).optional()])))
  .describe('attributes by name')

/** The same, where null removes one. */
const attributeChanges = z
  .strictObject(
    Object.fromEntries(attributeNames.map((name) => [name, attribute(name).nullable().optional()])),
  )
  .describe('attributes by name; null removes one')

const name = z
  .string()
  .regex(/^[\w+=,.@-]{1,64}$/, { error: 'must be 1 to 64 of A-Z a-z 0-9 _+=,.@-' })
  .describe('user name, to sign in with')
export const path = z
  .string()
  .max(512)
  .regex(/^\/([\x21-\x7e]+\/)?$/, { error: 'must begin and end with /' })
  .describe('path of the ARN, `/` or `/…/`')
const email = emailAddress.describe('e-mail address')
const emailVerified = z.boolean().describe('the address is known to be theirs')
/** Of one person in a request. */
export const mostGroups = 10
const groups = z.array(z.string().min(1).max(128)).max(mostGroups).describe('names of groups')
export const password = z
  .string()
  .min(1)
  .max(128)
  .meta({ format: 'password', description: 'password, as the account’s password policy wants it' })

const passwordHash = z
  .string()
  .min(1)
  .max(512)
  .superRefine((text, context) => {
    const message = faultOfHash(text)
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  })
  .meta({
    format: 'password',
    description:
      'hash of the password as another program made it (argon2id, bcrypt, scrypt or PBKDF2); renewed at the first sign-in',
  })

export const externalId = z
  .string()
  .min(1)
  .max(256)
  .refine((value) => value.isWellFormed(), { error: 'must be well-formed Unicode' })
  .describe('your own id for it, unique among those that the same user or role set')

/** In answers. */
export const externalIds = z
  .array(z.strictObject({ owner: z.string(), id: z.string() }))
  .describe('ids at clients that provision, each with the unique id of the user or role that set it')

export const newPersonMembers = {
  name,
  path: path.optional(),
  displayName: line(256).optional().describe('full name'),
  email: email.optional(),
  emailVerified: emailVerified.optional(),
  confirmEmail: z
    .boolean()
    .optional()
    .describe(
      'send a link that confirms an address which is not verified, where mail is configured; default true',
    ),
  attributes: attributeValues.optional(),
  groups: groups.optional(),
  password: password.optional(),
  passwordHash: passwordHash.optional(),
  mustChangePassword: z
    .boolean()
    .optional()
    .describe('the password must be changed at the first sign-in; default true'),
  state: z.enum(['enabled', 'disabled']).optional(),
  externalId: externalId.optional(),
}

/** What is created. */
export const newPerson = z
  .strictObject(newPersonMembers)
  .refine(({ password, passwordHash }) => password === undefined || passwordHash === undefined, {
    path: ['passwordHash'],
    error: 'must be left out when there is a password',
  })

export const personChangeMembers = {
  name: name.optional(),
  path: path.optional(),
  displayName: line(256).nullable().optional().describe('full name'),
  email: email.nullable().optional(),
  emailVerified: emailVerified.optional(),
  attributes: attributeChanges.optional(),
  groups: groups.optional().describe('names of all groups'),
  externalId: externalId.nullable().optional(),
}

/** A person in answers. */
export const person = z.strictObject({
  id: z.string().describe('unique id'),
  name: z.string(),
  path: z.string(),
  arn: z.string(),
  displayName: z.string().optional(),
  email: z.string().optional(),
  emailVerified: z.boolean(),
  attributes,
  groups: z.array(z.string()).describe('names'),
  state: z.enum(['enabled', 'disabled']),
  password: z.enum(['none', 'set', 'must-change']),
  passwordLastUsed: z.iso.datetime().optional(),
  identities: z
    .array(z.strictObject({ provider: z.string(), label: z.string(), lastUsed: z.iso.datetime() }))
    .describe('accounts at identity providers with which the person signs in'),
  createdAt: z.iso.datetime(),
  modifiedAt: z.iso.datetime().describe('when the person was last changed; a sign-in is no change'),
  externalIds,
})

/** Member by member: what operations know of a person besides, such as tags, is no part of the answer. */
export function personAnswer(from: Person): z.input<typeof person> {
  const { displayName, email, passwordLastUsed } = from
  return {
    id: from.id,
    name: from.name,
    path: from.path,
    arn: from.arn,
    emailVerified: from.emailVerified,
    password: from.password,
    attributes: { ...from.attributes },
    groups: [...from.groups],
    externalIds: [...from.externalIds],
    identities: from.identities.map((one) => ({ ...one, lastUsed: instant(one.lastUsed) })),
    state: from.disabled ? 'disabled' : 'enabled',
    createdAt: instant(from.createdAt),
    modifiedAt: instant(from.modifiedAt),
    ...(displayName !== undefined && { displayName }),
    ...(email !== undefined && { email }),
    ...(passwordLastUsed !== undefined && { passwordLastUsed: instant(passwordLastUsed) }),
  }
}

/** A person in lists; the last two members where they were asked for. */
export const listedPerson = person.extend({
  secondFactors: z.array(z.enum(secondFactorKinds)).optional().describe('kinds that are set up'),
  lastSignIn: z.iso
    .datetime()
    .optional()
    .describe('last use of a password, passkey or identity provider; absent: never'),
})

export function listedPersonAnswer(from: Person, use: PersonUse | undefined): z.input<typeof listedPerson> {
  return {
    ...personAnswer(from),
    ...(use !== undefined && { secondFactors: [...use.secondFactors] }),
    ...(use?.lastSignIn !== undefined && { lastSignIn: instant(use.lastSignIn) }),
  }
}
