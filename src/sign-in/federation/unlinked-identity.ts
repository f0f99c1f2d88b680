// Stores an unlinked identity as a note of the interaction. It is connected to a user only after every factor of that user was
// verified (`finish` in routes.ts).
import { z } from 'zod'
import { acceptedAttributes } from '../../federation/mapping.ts'
import type { UnlinkedIdentity } from '../step.ts'
import { signOutNamesSchema } from './sign-out-names.ts'

export const unlinkedIdentityNote = 'unlinked'

const text = z.string()
const schema = z.strictObject({
  name: text,
  title: text,
  leave: text.optional(),
  signOutNames: signOutNamesSchema.optional(),
  amr: z.array(z.enum(['pwd', 'otp', 'mfa', 'hwk', 'user', 'fed', 'kba'])),
  identity: z.strictObject({
    provider: text,
    issuer: text,
    subject: text,
    person: z.strictObject({
      name: text.optional(),
      displayName: text.optional(),
      email: text.optional(),
      emailVerified: z.boolean(),
      attributes: z.record(text, text).default({}).transform(acceptedAttributes),
      groups: z.array(text),
      tags: z.array(z.strictObject({ key: text, value: text })),
    }),
  }),
})

export const writeUnlinkedIdentity = (unlinked: UnlinkedIdentity): string => JSON.stringify(unlinked)

/** Undefined when there is no note, or it has another form. */
export function readUnlinkedIdentity(note: string | undefined): UnlinkedIdentity | undefined {
  const parsed = note === undefined ? undefined : schema.safeParse(JSON.parse(note)).data
  if (parsed === undefined) return undefined
  const { person } = parsed.identity
  const { name, displayName, email } = person
  return {
    ...parsed,
    leave: parsed.leave,
    signOutNames: parsed.signOutNames,
    identity: { ...parsed.identity, person: { ...person, name, displayName, email } },
  }
}

/** How the identity is labelled on pages: its e-mail address, name or subject at the provider. */
export const labelOf = ({ identity: { person, subject } }: UnlinkedIdentity): string =>
  person.email ?? person.name ?? subject
